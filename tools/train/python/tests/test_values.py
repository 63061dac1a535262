import math
import unittest

from mispriced_train.values import day_of, group_of, number_of, text_of


class NumberOf(unittest.TestCase):
    def test_reads_plain_decimals_exactly(self) -> None:
        self.assertEqual(number_of("13.75"), 13.75)
        self.assertEqual(number_of(" 7e-3 "), 0.007)
        self.assertTrue(math.isnan(number_of(None)))
        self.assertTrue(math.isnan(number_of(math.nan)))

    def test_refuses_what_python_alone_would_take(self) -> None:
        for text in ("nan", "inf", "-Infinity", "1_000", "1e999", "13.56%", "0x10"):
            with self.assertRaises(ValueError, msg=text):
                number_of(text)


class Texts(unittest.TestCase):
    def test_a_group_is_named_alike_in_every_spelling(self) -> None:
        for value in ("36", " 36", "36.0", 36, 36.0):
            self.assertEqual(group_of(value), "36")
        self.assertIsNone(group_of(None))
        self.assertEqual(group_of("D"), "D")

    def test_whole_numbers_lose_their_fraction(self) -> None:
        self.assertEqual(text_of(5.0), "5")
        self.assertEqual(text_of("005"), "005")

    def test_a_day_is_real_and_at_the_beginning(self) -> None:
        self.assertEqual(day_of("1995-03-11T16:00:00.000-08:00"), "1995-03-11")
        for text in ("Oct-2003", "2010-02-30", "2010-2-3"):
            with self.assertRaises(ValueError, msg=text):
                day_of(text)
