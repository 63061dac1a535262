"""Trains a model of loan losses with scikit-learn and writes it as ONNX, with what proves it.

One thread for every numerical library: sums taken in another order differ in their last bits, and
the same input must give the same bytes.
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
