"""`python -m atendimento_tui` is the `atendimento` command."""

import sys

from atendimento_tui.cli import main

sys.exit(main())
