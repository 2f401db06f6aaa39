package core

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/heap"
)

// TestSortedAttrs sorts few and many names, with and without common beginnings.
func TestSortedAttrs(t *testing.T) {
	ev, err := New(Options{})
	require.NoError(t, err)
	names := map[string]func(i int) string{
		"numbers": func(i int) string { return fmt.Sprint((i * 7919) % 100_003) },
		"prefix":  func(i int) string { return fmt.Sprint("the same for all ", (i*7919)%100_003) },
		"middle":  func(i int) string { return fmt.Sprint(i%3, "-the same for many ", (i*7919)%100_003) },
		"zeros": func(i int) string {
			return "n" + strings.Repeat("\x00", i%11) + fmt.Sprint(i/11%2) + strings.Repeat("\x01", i/22)
		},
		"beginning": func(i int) string { return strings.Repeat("a", (i*7)%5000) },
		"bytes":     func(i int) string { return string([]byte{byte(i * 37), byte(i >> 8), 0xff, byte(i)}) },
	}
	for kind, name := range names {
		for _, n := range []int{0, 1, 2, fewNames - 1, fewNames, 200, manyKeys, 5000} {
			err := ev.do(context.Background(), nil, func(w *worker) error {
				want := map[string]bool{}
				var entries []heap.Entry
				for i := range n {
					if s := name(i); !want[s] {
						want[s] = true
						entries = append(entries, heap.Entry{Name: ev.config.Symbols.Intern(s), Value: heap.Lazy(heap.NullValue)})
					}
				}
				slices.SortFunc(entries, func(a, b heap.Entry) int { return int(a.Name) - int(b.Name) })
				var got []string
				for _, e := range w.sortedAttrs(w.AttrsOf(entries)) {
					got = append(got, w.name(e.Name))
				}
				assert.Len(t, got, len(want), "%s, %d", kind, n)
				assert.True(t, slices.IsSorted(got), "%s, %d", kind, n)
				return nil
			})
			require.NoError(t, err)
		}
	}
}
