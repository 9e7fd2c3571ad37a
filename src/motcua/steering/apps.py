from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "motcua.steering"
    label = "steering"
