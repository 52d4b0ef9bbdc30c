"""The follower, measured: how soon changes arrive, how many, and what that takes."""
