package lang_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus"
)

// The tree with positions, in a form for readers: a line a node, with line and
// column of its start and end, and its scalar fields.
func TestTree(t *testing.T) {
	corpus.Run(t, "../corpus/tree", "", func(t *testing.T, c corpus.Case) {
		tree, err := parse("a.nix", c.Source, c.Flags...)
		require.NoError(t, err)
		var node map[string]any
		require.NoError(t, json.Unmarshal(tree.JSON(), &node))
		var b strings.Builder
		outline(&b, "", "", node)
		c.Golden(t, ".exp", b.String())
	})
}

// scalars and children are the fields of nodes, in the order of printing.
var (
	scalars  = []string{"name", "param", "value", "text", "op", "ref", "rec", "isPath", "inherit", "inheritFrom", "ellipsis", "doc"}
	children = []string{"fn", "args", "x", "y", "path", "default", "cond", "then", "else", "parts", "elems", "list", "dynamic",
		"from", "formals", "binds", "value", "body"}
)

func outline(b *strings.Builder, indent, label string, node map[string]any) {
	b.WriteString(indent + label)
	if kind, ok := node["type"]; ok {
		s := node["span"].([]any)
		fmt.Fprintf(b, "%v %v:%v-%v:%v", kind, s[0], s[1], s[2], s[3])
	} else {
		pos := node["pos"].([]any)
		fmt.Fprintf(b, "at %v:%v", pos[0], pos[1])
	}
	for _, key := range scalars {
		switch v := node[key].(type) {
		case nil, map[string]any:
		default:
			if _, isNode := node["name"].(map[string]any); isNode && key == "name" {
				continue
			}
			fmt.Fprintf(b, " %s=%s", key, strings.ReplaceAll(fmt.Sprintf("%v", v), "\n", `\n`))
		}
	}
	b.WriteString("\n")
	indent += "  "
	if name, ok := node["name"].(map[string]any); ok {
		outline(b, indent, "name ", name)
	}
	for _, key := range children {
		switch v := node[key].(type) {
		case map[string]any:
			outline(b, indent, key+" ", v)
		case []any:
			for _, elem := range v {
				if child, ok := elem.(map[string]any); ok {
					outline(b, indent, key+" ", child)
				} else {
					fmt.Fprintf(b, "%s%s %v\n", indent, key, elem)
				}
			}
		}
	}
}
