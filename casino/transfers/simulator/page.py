"""The game as a page: a balance, a button, and the way back."""

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{game} at North Star Games</title>
<style>
body {{ font: 18px/1.5 system-ui, sans-serif; background: #0b1f2a; color: #eef6f7; text-align: center;
  margin: 12vh 1rem }}
b {{ font-size: 3rem; display: block; font-variant-numeric: tabular-nums }}
button {{ font: inherit; padding: .7em 2.2em; border: 0; border-radius: 2em; background: #ffc145; cursor: pointer }}
p {{ min-height: 1.5em }}
</style>
<h1>{game}</h1>
<b>{balance} {currency}</b>
<p>{said}</p>
<form method="post"><button autofocus>Spin for 1.00</button></form>
<p>Your money is in this game's own wallet. Leave the game in the casino, and it comes back.</p></html>"""
