"""The engine's tree of a statement, read from its lines."""

from millrace_clickhouse.syntax_tree import parse

TREE = """SelectWithUnionQuery (children 2)
 ExpressionList (children 1)
  Function url (alias u) (children 1)
   ExpressionList (children 2)
    Literal 'it\\'s \\\\ \\n (children 1)'
    Identifier CSV
 Literal 'file'
"""


def test_nodes_stand_below_each_other() -> None:
    [statement] = parse(TREE).children
    assert [child.kind for child in statement.children] == ["ExpressionList", "Literal"]
    [function] = [node for node in statement.all() if node.kind == "Function"]
    assert function.name == "url"
    assert [argument.string for argument in function.arguments] == ["it's \\ \n (children 1)", None]
