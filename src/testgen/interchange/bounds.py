"""How much work a file may be, wherever it comes from."""

from testgen.messages import say
from testgen.workers import Job

READ = Job(say("reading it"), say("split the file, or remove everything outside the tests"), seconds=5, mebibytes=400)
WRITE = Job(say("writing it"), say("write fewer procedures to one file"), seconds=20, mebibytes=400)
