package build

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// TestFetchURL builds what builtin:fetchurl fetches.
func TestFetchURL(t *testing.T) {
	const archive = "\x0d\x00\x00\x00\x00\x00\x00\x00nix-archive-1\x00\x00\x00" +
		"\x01\x00\x00\x00\x00\x00\x00\x00(\x00\x00\x00\x00\x00\x00\x00" +
		"\x04\x00\x00\x00\x00\x00\x00\x00type\x00\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00regular\x00" +
		"\x0a\x00\x00\x00\x00\x00\x00\x00executable\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
		"\x08\x00\x00\x00\x00\x00\x00\x00contents\x06\x00\x00\x00\x00\x00\x00\x00hello\n\x00\x00" +
		"\x01\x00\x00\x00\x00\x00\x00\x00)\x00\x00\x00\x00\x00\x00\x00"
	var packed bytes.Buffer
	z, err := compression.NewWriter(compression.XZ, &packed, compression.Options{})
	require.NoError(t, err)
	_, err = io.WriteString(z, archive)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	sum := func(text string) nixhash.Hash { return nixhash.Sum(nixhash.SHA256, []byte(text)) }
	flat, tree := sum("hello\n"), sum(archive)
	places := map[string]string{
		"https://a/file": "hello\n", "https://a/x.nar": archive, "https://a/x.nar.xz": packed.String(), "https://a/none.nar": "hello\n",
		"https://mirror/sha256/" + flat.Text(nixhash.Base16): "hello\n",
	}
	for name, test := range map[string]struct {
		url     string
		env     map[string]string
		method  storepath.Method
		hash    nixhash.Hash
		mirrors []string
		want    []string // URLs that are asked for
		err     string   // or ""
	}{
		"file":       {url: "https://a/file", hash: flat, want: []string{"https://a/file"}},
		"executable": {url: "https://a/file", env: map[string]string{"executable": "1"}, method: storepath.NAR, hash: tree, want: []string{"https://a/file"}},
		"archive":    {url: "https://a/x.nar", env: map[string]string{"unpack": "1"}, method: storepath.NAR, hash: tree, want: []string{"https://a/x.nar"}},
		"compressed": {url: "https://a/x.nar.xz", env: map[string]string{"unpack": "1"}, method: storepath.NAR, hash: tree, want: []string{"https://a/x.nar.xz"}},
		"mirror":     {url: "https://a/gone", hash: flat, mirrors: []string{"https://down", "https://mirror/"}, want: []string{"https://down/sha256/" + flat.Text(nixhash.Base16), "https://mirror/sha256/" + flat.Text(nixhash.Base16)}},
		"missing":    {url: "https://a/gone", hash: flat, want: []string{"https://a/gone"}, err: "unable to download 'https://a/gone'"},
		"wrong":      {url: "https://a/file", hash: tree, want: []string{"https://a/file"}, err: "hash mismatch"},
		"no archive": {url: "https://a/none.nar", env: map[string]string{"unpack": "1"}, method: storepath.NAR, hash: tree, want: []string{"https://a/none.nar"}, err: "unpacking 'https://a/none.nar': it is no archive of Nix"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			var asked []string
			f.opts.Mirrors = test.mirrors
			f.opts.Download = func(_ context.Context, url string) (io.ReadCloser, error) {
				asked = append(asked, url)
				text, ok := places[url]
				if !ok {
					return nil, fmt.Errorf("unable to download '%s'", url)
				}
				return io.NopCloser(strings.NewReader(text)), nil
			}
			if test.method == 0 {
				test.method = storepath.Flat
			}
			env := map[string]string{"url": test.url}
			for name, value := range test.env {
				env[name] = value
			}
			r := testDrv{name: "x", builder: "builtin:fetchurl", env: env, fixed: &drv.Output{Name: "out", Kind: drv.Fixed, Method: test.method, Hash: test.hash}}
			if test.err != "" {
				e, _ := f.fail(r)
				assert.Contains(t, e.Msg+strings.Join(f.lines, "\n"), test.err)
			} else {
				assert.Equal(t, "hello\n", f.read(f.build(r)))
			}
			assert.Equal(t, test.want, asked)
		})
	}
}
