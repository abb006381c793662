// What went wrong with a passkey is said on the page, not in the console.
document.addEventListener('allauth.error', function (event) {
  event.preventDefault()
  const place = document.getElementById('passkey-problem')
  const name = event.detail.exception && event.detail.exception.name
  const words = {
    NotAllowedError: 'No passkey was used: it was cancelled, took too long, or none fits here.',
    InvalidStateError: 'This device is enrolled already.',
    SecurityError: 'Passkeys need HTTPS, or the address http://localhost.'
  }
  if (place) { place.textContent = words[name] || 'The passkey did not work. Try again, or sign in with your password.' }
})
