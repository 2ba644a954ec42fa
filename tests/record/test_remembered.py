from registry.record.remembered import Memo, remembered


def counting():
    asked = []

    def double(number):
        asked.append(number)
        return 2 * number

    return asked, double


def test_a_function_is_called_once_for_each_argument():
    asked, double = counting()
    found = remembered(double)

    assert [found(1), found(1), found(2)] == [2, 2, 4]
    assert asked == [1, 2]


def test_a_memo_works_out_what_it_lacks_and_keeps_it():
    asked, double = counting()
    memo = Memo(double)

    assert [memo[1], memo[1], memo[2]] == [2, 2, 4]
    assert asked == [1, 2]


def test_a_memo_never_keeps_more_than_it_may():
    asked, double = counting()
    memo = Memo(double, most=2)

    assert [memo[number] for number in (1, 2, 3, 1)] == [2, 4, 6, 2]
    assert (asked, len(memo)) == ([1, 2, 3, 1], 2)
