"""Makes auto_explain's output readable: one entry a statement, one line for a node's partitions."""
import re

INDEX = re.compile(r"(service_catalog_event_log|processed_events)_(?:\d+|default)_(\w+)")
TABLE = re.compile(
    r"(service_catalog_event_log|processed_events)_(?:\d+|default)\b( \w+)?$")
ACTUAL = re.compile(r"\(cost=\S+ rows=\d+ width=\d+\) \(actual time=\S+ rows=(\d+) loops=(\d+)\)")


def nodes(lines):
    """A plan's nodes in order: indent, words, rows, details."""
    found = []
    for line in lines:
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        actual = ACTUAL.search(stripped)
        if actual or "(never executed)" in stripped:
            words = re.sub(r"\(cost=.*", "", stripped).strip()
            words = INDEX.sub(r"\1_*_\2", words)
            words = TABLE.sub(r"\1_*", words)
            rows = int(actual[1]) * int(actual[2]) if actual else None
            # A bitmap's index and its table are one way to one partition.
            if words.startswith("->  Bitmap Index Scan") and found:
                found[-1][1] += " through" + words.removeprefix("->  Bitmap Index Scan on")
                continue
            found.append([indent, words, rows, []])
        elif found and stripped:
            found[-1][3].append(stripped)
    return found


def folded(found):
    """The same, the scans of one node's partitions as one: how many, and their rows together."""
    answer = []
    for indent, words, rows, details in found:
        last = answer[-1] if answer else None
        if last and last[0] == indent and last[1] == words and "_*" in words:
            last[4] += 1
            if rows is not None:
                last[2] = (last[2] or 0) + rows
        else:
            answer.append([indent, words, rows, details, 1])
    return answer


def readable(text, table="service_catalog_event_log"):
    """The entries of statements that touch the log, each once, as Markdown."""
    seen, parts = set(), []
    for entry in text.split("\nduration: ")[1:]:
        milliseconds = entry.split(" ms", 1)[0]
        query, _, plan = entry.partition("\n\t\n")
        if not plan:
            continue
        title = re.search(r"-- ([^\n]*(?:\n\t-- (?!\$)[^\n]*)*)", query)
        if table not in plan or not title:
            continue
        title = re.sub(r"\n\t-- ", " ", title[1])
        lines = []
        for indent, words, rows, details, count in folded(nodes(plan.splitlines())):
            shown = "never executed" if rows is None else f"{rows} rows"
            many = f", {count} partitions" if count > 1 else ""
            lines.append(" " * max(0, indent - 1) + f"{words}  ({shown}{many})")
            kept = [d for d in details if d.startswith(("Index Cond", "Filter", "Rows Removed"))]
            lines += [" " * (indent + 3) + detail[:110] for detail in kept if count == 1]
            if count > 1 and kept:
                lines.append(" " * (indent + 3) + kept[0][:110])
        body = "\n".join(lines)
        if (title, body) in seen:
            continue
        seen.add((title, body))
        parts.append(f"{title} **{float(milliseconds):.1f} ms.**\n\n```\n{body}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    import sys

    with open(sys.argv[1]) as file:
        print(readable(file.read()))
