//go:build linux || darwin || freebsd

package local_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
)

// TestClosure: what is read at once is what Info says of each path, of closures of all sizes.
func TestClosure(t *testing.T) {
	s := open(t, t.TempDir())
	random := rand.New(rand.NewPCG(1, 2))
	var all []string
	for i := range 150 {
		var refs []string
		for range min(i, 5) {
			refs = append(refs, all[random.IntN(i)])
		}
		all = append(all, text(t, s, fmt.Sprint("t", i), fmt.Sprint(i), refs...))
	}
	absent := "/nix/store/00000000000000000000000000000001-absent"
	for _, roots := range [][]string{nil, {absent}, {all[0]}, {all[149]}, {all[140], absent, all[149], all[3]}, all} {
		want := map[string]*store.PathInfo{}
		for todo := roots; len(todo) > 0; todo = todo[1:] {
			if want[todo[0]] != nil || todo[0] == absent {
				continue
			}
			info, err := s.Info(ctx, todo[0])
			require.NoError(t, err)
			want[todo[0]] = info
			todo = append(todo[:len(todo):len(todo)], info.References...)
		}
		got, err := s.Closure(ctx, roots)
		require.NoError(t, err)
		require.Len(t, got, len(want))
		for path, info := range want {
			assert.Equal(t, info.References, append([]string(nil), got[path].References...))
			got[path].References = info.References
			assert.Equal(t, info, got[path])
		}
	}
}
