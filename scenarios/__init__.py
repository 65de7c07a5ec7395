"""What is given: scenario files, the district, mechanisms, formulas."""
