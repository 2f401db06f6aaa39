package builtins

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/heap"
)

func TestKeyTree(t *testing.T) {
	for name, next := range map[string]func(i int) int{
		"rising":  func(i int) int { return i },
		"falling": func(i int) int { return 1000 - i },
		"random":  func(int) int { return rand.IntN(700) },
	} {
		t.Run(name, func(t *testing.T) {
			tree := keyTree{less: func(a, b heap.Value) (bool, error) { return a < b, nil }}
			seen := map[heap.Value]bool{}
			for i := range 1000 {
				k := heap.Value(next(i) + 1)
				isNew, err := tree.insert(k, k)
				require.NoError(t, err)
				assert.Equal(t, !seen[k], isNew)
				seen[k] = true
			}
			assert.False(t, tree.node(tree.root).red)
			last := heap.Value(0)
			tree.check(t, tree.root, &last)
			assert.Len(t, seen, tree.nodes.Len()-1)
		})
	}
}

// check checks the nodes below n, and returns how many black ones are on each
// way down.
func (t *keyTree) check(tb *testing.T, n int32, last *heap.Value) int {
	if n == 0 {
		return 0
	}
	node := t.node(n)
	for _, m := range []int32{node.left, node.right} {
		if m != 0 {
			assert.Equal(tb, n, t.node(m).up)
			assert.False(tb, node.red && t.node(m).red, "two red nodes")
		}
	}
	left := t.check(tb, node.left, last)
	assert.Less(tb, *last, node.key)
	*last = node.key
	right := t.check(tb, node.right, last)
	assert.Equal(tb, left, right)
	if !node.red {
		left++
	}
	return left
}
