package rewrite_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/rewrite"
)

// TestClosureOfManyReferences copies an object whose references have another order
// under their new paths. The store refuses a path that does not follow from them.
func TestClosureOfManyReferences(t *testing.T) {
	ctx := context.Background()
	from, to := memory.New(store.Dummy("")), memory.New(store.Dummy(""))
	add := func(name, contents string, refs ...string) string {
		slices.Sort(refs)
		path, err := from.AddText(ctx, store.Text{Name: name, Contents: contents, References: refs})
		require.NoError(t, err)
		return path
	}
	var order, refs []string
	for i := range 8 {
		leaf := add(fmt.Sprint("leaf", i), fmt.Sprint(i))
		ref := add(fmt.Sprint("ref", i), leaf, leaf)
		order, refs = append(order, leaf, ref), append(refs, ref)
	}
	top := add("top", fmt.Sprint(refs), refs...)
	made, err := rewrite.Closure(ctx, to, from, append(order, top), nil)
	require.NoError(t, err)
	info, err := to.Info(ctx, made[top])
	require.NoError(t, err)
	assert.Len(t, info.References, 8)
	assert.True(t, slices.IsSorted(info.References))
	assert.True(t, info.IsContentAddressed(to.Dir()))
}
