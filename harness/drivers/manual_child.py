"""The child process that tells a person what to send, and waits; `harness.driver` says what it reads and writes."""

import os

from harness.driver import OPTIONS_VARIABLE
from harness.drivers import child
from harness.drivers.manual_driver import ManualOptions
from harness.drivers.own_system import OwnSession, wait_until_bound


class ManualSession(OwnSession):
    """What a person does with his own system."""

    def __init__(self, name: str, bind: child.Bind, patience: float) -> None:
        super().__init__(name, bind)
        self._patience = patience

    def give(self, submit: child.Submit) -> None:
        """Says what is to be sent."""
        wanted = "with a receipt" if submit.receipt else "without a receipt"
        self.tell(
            f"Send within {self._patience:g} s, {wanted}:\n"
            f"  from  {submit.source}\n  to    {submit.destination}\n  text  {submit.text}"
        )

    def tell(self, text: str) -> None:
        """Shows something to the person."""
        self.report("notice", text=text)


def main() -> None:
    """Runs the child until its standard input ends."""
    options = ManualOptions.model_validate_json(os.environ[OPTIONS_VARIABLE])

    def bind(name: str, asked: child.Bind) -> OwnSession | None:
        session = ManualSession(name, asked, options.patience)
        if not session.view.binds():
            session.tell(
                f"Bind within {options.patience:g} s to {asked.host}:{asked.port}, "
                f"system_id {asked.system_id}, password {asked.password}"
            )
        if wait_until_bound(session, options.patience):
            return session
        session.close(f"nobody has bound as {asked.system_id} after {options.patience:g} s")
        return None

    child.Child("manual", "-", options.can, {"bind": bind}, patience=options.patience).run()


if __name__ == "__main__":
    main()
