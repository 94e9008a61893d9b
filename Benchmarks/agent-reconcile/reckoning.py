"""The least that narrowing down costs with steps of a width: who knows which items differ, and still
may look only by sums of ranges, cannot ask for fewer."""
import bisect
import math


def pieces(sizes, room, leaf):
    """Into how many pieces each is cut where they share one question."""
    wanted = [max(2, math.ceil(size / leaf)) for size in sizes]
    cut = [0] * len(sizes)
    order = sorted(range(len(sizes)), key=lambda index: wanted[index])
    for done, index in enumerate(order):
        cut[index] = max(1, min(wanted[index], room // (len(sizes) - done)))
        room -= cut[index]
    return cut


def least(count, differing, at_once, leaf=5, fewest=16, page=500):
    """(questions, ranges, items) for `differing`, sorted places among `count` items; all again too."""
    questions, ranges, items = 1, 1, 0
    level = [(0, count)]
    while any(high - low > leaf for low, high in level):
        large = [part for part in level if part[1] - part[0] > leaf]
        small = [part for part in level if part[1] - part[0] <= leaf]
        together = max(at_once // fewest, 1)
        for first in range(0, len(large), together):
            some = large[first:first + together]
            questions += 1
            for (low, high), cut in zip(some, pieces([h - l for l, h in some], at_once, leaf)):
                ranges += cut
                for number in range(cut):
                    begin = low + (high - low) * number // cut
                    end = low + (high - low) * (number + 1) // cut
                    if bisect.bisect_left(differing, begin) < bisect.bisect_left(differing, end):
                        small.append((begin, end))
        level = small
    items = sum(high - low for low, high in level)
    return questions + math.ceil(items / page) + 1, ranges + 1, items
