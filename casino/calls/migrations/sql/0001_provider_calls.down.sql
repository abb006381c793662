DROP FUNCTION calls_purge(integer);
DROP FUNCTION calls_partition_ensure(date);
DROP TABLE calls_providercall;
