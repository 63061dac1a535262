import unittest

import numpy as np

from mispriced_train.estimators import ESTIMATORS
from mispriced_train.feature_set import parse_feature_set
from mispriced_train.fit import probability
from mispriced_train.onnx_export import check_export, run_onnx, to_onnx_bytes
from mispriced_train.problems import Refused
from onnx import load_from_string

from .small_market import features

FEATURES = parse_feature_set(features())


def market(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    matrix = np.column_stack(
        [
            random.uniform(6, 20, rows).round(2),
            random.choice([0, 60, 120], rows),
            random.integers(10, 300, rows),
            random.choice([-2, -1, 0, 1], rows),
            random.normal(0, 1, rows),
            random.normal(50_000, 9_000, rows),
        ]
    ).astype(np.float32)
    chance = 1 / (1 + np.exp(4 - matrix[:, 0] / 5 - matrix[:, 4]))
    return matrix, (random.random(rows) < chance).astype(np.int64)


class Export(unittest.TestCase):
    def test_both_estimators_predict_the_same_after_export(self) -> None:
        matrix, loss = market(2_000, 1)
        for kind in ESTIMATORS.values():
            fitted = kind.create(FEATURES, 40).fit(matrix.astype(np.float64), loss)
            onnx = to_onnx_bytes(fitted, 6, "small")
            self.assertLessEqual(check_export(onnx, fitted, market(2_000, 2)[0]), 1e-6)
            self.assertEqual(onnx, to_onnx_bytes(fitted, 6, "small"))
            domains = [opset.domain for opset in load_from_string(onnx).opset_import]
            self.assertEqual(domains, ["", "ai.onnx.ml"])

    def test_a_split_falls_the_same_way_on_and_beside_its_threshold(self) -> None:
        matrix, loss = market(2_000, 3)
        fitted = ESTIMATORS["gradient-boosting"].create(FEATURES, 40).fit(matrix, loss)
        onnx = to_onnx_bytes(fitted, 6, "small")
        beside = []
        for tree in fitted.estimators_[:, 0]:
            for feature, threshold in zip(tree.tree_.feature, tree.tree_.threshold, strict=True):
                if feature >= 0:
                    nearest = np.float32(threshold)
                    for value in (
                        nearest,
                        np.nextafter(nearest, -1e30),
                        np.nextafter(nearest, 1e30),
                    ):
                        row = matrix[0].copy()
                        row[feature] = value
                        beside.append(row)
        rows = np.array(beside, dtype=np.float32)
        self.assertGreater(len(rows), 300)
        difference = np.abs(run_onnx(onnx, rows) - probability(fitted, rows))
        self.assertLess(difference.max(), 1e-6)

    def test_another_model_is_refused(self) -> None:
        matrix, loss = market(2_000, 4)
        kind = ESTIMATORS["gradient-boosting"]
        one = kind.create(FEATURES, 40).fit(matrix, loss)
        other = kind.create(FEATURES, 39).fit(matrix, loss)
        with self.assertRaises(Refused) as refused:
            check_export(to_onnx_bytes(other, 6, "small"), one, matrix)
        self.assertEqual(refused.exception.problems[0].code, "MODEL_PARITY")
