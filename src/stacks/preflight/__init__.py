"""What `pulumi preview` and `pulumi up` will need, asked beforehand by calls that change nothing: `make preflight STACK=mvp`."""
