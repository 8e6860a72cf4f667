"""From the speed of a step to a project: days, failures, cost, context and the first step."""
