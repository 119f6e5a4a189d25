"""How much work a file may be, wherever it comes from."""

from testgen.workers import Job

READ = Job("reading it", "split the file, or remove what is beyond the tests", seconds=5, mebibytes=400)
WRITE = Job("writing it", "write fewer procedures into one file", seconds=20, mebibytes=400)
