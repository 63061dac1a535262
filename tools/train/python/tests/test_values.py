import unittest

from mispriced_train.values import is_day, month_number


class Days(unittest.TestCase):
    def test_a_day_is_one_of_the_calendar(self) -> None:
        self.assertTrue(is_day("2008-02-29"))
        for text in ("2010-02-29", "2010-2-3", "2010-01-01T00:00", "Oct-2003", ""):
            self.assertFalse(is_day(text), text)

    def test_months_count_from_year_0(self) -> None:
        self.assertEqual(month_number("2010-01-31") - month_number("2009-12-01"), 1)
