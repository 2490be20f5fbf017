"""First run, and the settings of an office: :class:`WelcomeWindow` and :class:`SettingsForm`."""

from ui.welcome.settings_form import SettingsForm
from ui.welcome.window import WelcomeWindow

__all__ = ["SettingsForm", "WelcomeWindow"]
