"""Charts of the planner scene: days, cost, context, growth, start and set-up."""
