package jsontext

// This file defines the fuzz test and the benchmarks of Decode.

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzDecode checks that Decode does not panic, that what it reads can be
// written and read again, and that it takes nothing that encoding/json
// rejects.
func FuzzDecode(f *testing.F) {
	for i, c := range golden(f, "decode.golden") {
		if i%7 == 0 {
			f.Add(c.src)
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		var p printer
		if err := Decode(src, &p, nil); err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		require.True(t, json.Valid([]byte(strings.TrimPrefix(src, byteOrderMark))), "%q", src)
		var again printer
		require.NoError(t, Decode(p.out, &again, nil))
		require.Equal(t, p.out, again.out)
	})
}

// benchText is like the large JSON files of nixpkgs: many objects with a few
// short strings.
func benchText() string {
	var b strings.Builder
	b.WriteString("{\n")
	for i := range 20_000 {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, `  "package-%d": {"version": "1.%d.0", "sha256": "0v%050d", "deps": ["a", "b%d"], "size": %d, "ok": true, "note": "line\nnext é"}`, i, i, i, i, i*i)
	}
	b.WriteString("\n}\n")
	return b.String()
}

func BenchmarkDecode(b *testing.B) {
	src := benchText()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		var c counter
		require.NoError(b, Decode(src, &c, nil))
	}
}

// BenchmarkEncodingJSON is for comparison.
func BenchmarkEncodingJSON(b *testing.B) {
	src := []byte(benchText())
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		var v any
		require.NoError(b, json.Unmarshal(src, &v))
	}
}
