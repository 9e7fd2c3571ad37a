"""Targets of online filing: the register, exact shares, progress against them, forecasts."""

from .forecasts import Forecast, Months, Tried, back_test, forecast
from .progress import (
    FALLING_SHORT,
    Outlook,
    Payoff,
    Progress,
    moved_online,
    payoffs_of,
    progress_of,
    trend_of,
)
from .register import (
    REGISTER_OF_2024,
    InvalidRegister,
    Register,
    RegisterLine,
    plan_register,
    read_register,
)
from .shares import FEW, Share, tenths_of

__all__ = [
    "FALLING_SHORT",
    "FEW",
    "REGISTER_OF_2024",
    "Forecast",
    "InvalidRegister",
    "Months",
    "Outlook",
    "Payoff",
    "Progress",
    "Register",
    "RegisterLine",
    "Share",
    "Tried",
    "back_test",
    "forecast",
    "moved_online",
    "payoffs_of",
    "plan_register",
    "progress_of",
    "read_register",
    "tenths_of",
    "trend_of",
]
