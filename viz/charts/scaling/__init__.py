"""The chart of the scaling scene: the speed-up curve, the learner's own beside it, and the words that go with it."""
