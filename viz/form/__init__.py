"""The form of a scenario: native controls, made from the scenario's parameters."""
