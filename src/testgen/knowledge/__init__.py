"""What of a team's knowledge a test case touches, which example it is most like, and what its procedures teach."""
