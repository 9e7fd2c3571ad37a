"""The register of the decisions that announce procedures, kept by the city's office."""
