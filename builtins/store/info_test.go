package store_test

// This file tests content addresses and fingerprints. The texts were recorded
// with Nix 2.34.8.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/storetest"
)

func TestParseContentAddress(t *testing.T) {
	const nix32 = "1p0llcw2jawc3lrkw28sskw9gsk22ypwc22d0rlgl4x4k1cxdrxj"
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"text:sha256:" + nix32, ""},
		{"fixed:sha256:" + nix32, ""},
		{"fixed:r:sha256:" + nix32, ""},
		{"fixed:git:sha1:00000000000000000000000000000000", ""},
		{"x", "not a content address because it is not in the form '<prefix>:<rest>': x"},
		{"foo:x", "content address prefix 'foo' is unrecognized. Recogonized prefixes are 'text' or 'fixed'"},
		{"text:sha256:zz", "hash 'zz' has wrong length for hash algorithm 'sha256'"},
		{"fixed:x", "content address hash must be in form '<algo>:<hash>', but found: fixed:x"},
		{"text:", "content address hash must be in form '<algo>:<hash>', but found: text:"},
		{"fixed:r:x:y", "unknown hash algorithm 'x', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"},
		{"fixed:q:sha256:" + nix32, "unknown hash algorithm 'q', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"},
		{"text:r:sha256:" + nix32, "unknown hash algorithm 'r', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"},
	} {
		ca, err := store.ParseContentAddress(test.text)
		if test.want != "" {
			assert.EqualError(t, err, test.want)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, test.text, ca.String())
	}
	ca, err := store.ParseContentAddress("fixed:sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
	require.NoError(t, err)
	assert.Equal(t, "fixed:sha256:094qif9n4cq4fdg459qzbhg1c6wywawwaaivx0k0x8xhbyx4vwic", ca.String(), "in any format")
}

func TestIsContentAddressed(t *testing.T) {
	for _, o := range storetest.Fixture() {
		ca, err := store.ParseContentAddress(o.CA)
		require.NoError(t, err)
		info := store.PathInfo{Path: o.Path, CA: ca}
		assert.True(t, info.IsContentAddressed("/nix/store"), o.Path)
		assert.False(t, info.IsContentAddressed("/gnu/store"), o.Path)
		info.References = []string{storetest.TextPath}
		assert.False(t, info.IsContentAddressed("/nix/store"), o.Path)
		info.References, info.CA.Hash.Digest[0] = nil, info.CA.Hash.Digest[0]^1
		assert.False(t, info.IsContentAddressed("/nix/store"), o.Path)
		info.CA = store.ContentAddress{}
		assert.False(t, info.IsContentAddressed("/nix/store"), o.Path)
	}

	// With references, one of which is the path itself.
	h, err := nixhash.Parse("sha256:16q2wqzlk5igvh5ylx7b3g9hk6h3dp30gzymh052z5jczlbxrb65", 0)
	require.NoError(t, err)
	info := store.PathInfo{
		Path: "/nix/store/qf2027ggis4bk6d6d59sf30zj2vqg76r-pp",
		CA:   store.ContentAddress{Method: storepath.NAR, Hash: h},
	}
	info.References = []string{"/nix/store/div21jqzbff6hlaqzxnjdq7zcyvc1q6x-qq", info.Path}
	assert.True(t, info.IsContentAddressed("/nix/store"))
	info.References = info.References[:1]
	assert.False(t, info.IsContentAddressed("/nix/store"))
}

func TestFingerprint(t *testing.T) {
	dir := "/nix/store/" + strings.Repeat("0", 32)
	info := store.PathInfo{Path: dir + "-p", NARHash: nixhash.Hash{Algo: nixhash.SHA256}, NARSize: 312}
	assert.Equal(t, "1;"+dir+"-p;sha256:0000000000000000000000000000000000000000000000000000;312;", info.Fingerprint())
	info.References = []string{dir + "-a", dir + "-p"}
	assert.Equal(t, "1;"+dir+"-p;sha256:0000000000000000000000000000000000000000000000000000;312;"+dir+"-a,"+dir+"-p", info.Fingerprint())
}
