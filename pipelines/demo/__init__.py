"""The demo company: a seeded generator of vendor-shaped exports with known truth.

Belongs here: everything invented for demonstration and for tests of the whole way. Only the command line and tests
import it. Does not belong here: the pipeline; nothing of it is used to make the truth.
"""

from pipelines.demo.generator import generate, generate_small
from pipelines.demo.truth import Cell, ExpectedFinding, Truth, percentile, truth_to_json

__all__ = ["Cell", "ExpectedFinding", "Truth", "generate", "generate_small", "percentile", "truth_to_json"]
