package narinfo

// This file tests files of binary caches. What is read, and the messages, were
// recorded with Nix 2.34.8.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/storepath"
)

const (
	dir  = storepath.DefaultDir
	hash = "2gp88l2fxrd15llwdv1h9mpqgn1biaxc"
	path = "/nix/store/" + hash + "-f"
	file = hash + ".narinfo"
	sum  = "1p0llcw2jawc3lrkw28sskw9gsk22ypwc22d0rlgl4x4k1cxdrxj"

	whole = "StorePath: " + path + "\n" +
		"URL: nar/030d78b6ils213p2g6zxwyap9p4236ac4d66n4pdjh06gh7447vk.nar.zst\n" +
		"Compression: zstd\n" +
		"FileHash: sha256:030d78b6ils213p2g6zxwyap9p4236ac4d66n4pdjh06gh7447vk\n" +
		"FileSize: 95\n" +
		"NarHash: sha256:" + sum + "\n" +
		"NarSize: 120\n" +
		"References: " + hash + "-f 8nrdsinv30s3575p8s19gxf43r7hzw3j-t\n" +
		"Deriver: s067jvbrrd865v52l20w5j2x52yqy3qk-o.drv\n" +
		"Sig: a:AAAA\n" +
		"Sig: k1:Sbp0mysBDsaUj9LMz9rpcDMk/VRYNDZn9FZjgPSYBTT7zneHCwPTO81Re/C+X95CBgjzL1UjY/Ihas5nYd7yCw==\n" +
		"CA: fixed:r:sha256:04zwf782yjwnh3q6hz5izfd6jyip8kgw6g6yj43fiqhbyhdd0dqw\n"
	least = "StorePath: " + path + "\nURL: x\nNarHash: sha256:" + sum + "\nNarSize: 5\n"
)

func TestRoundTrip(t *testing.T) {
	info, err := Parse(dir, file, whole)
	require.NoError(t, err)
	assert.Equal(t, path, info.Path)
	assert.Equal(t, []string{path, "/nix/store/8nrdsinv30s3575p8s19gxf43r7hzw3j-t"}, info.References)
	assert.Equal(t, "/nix/store/s067jvbrrd865v52l20w5j2x52yqy3qk-o.drv", info.Deriver)
	assert.EqualValues(t, 120, info.NARSize)
	assert.EqualValues(t, 95, info.FileSize)
	text, err := info.Append(nil, dir)
	require.NoError(t, err)
	assert.Equal(t, whole, string(text))

	info, err = Parse(dir, file, least)
	require.NoError(t, err)
	assert.Equal(t, DefaultCompression, info.Compression)
	text, err = info.Append([]byte("before "), dir)
	require.NoError(t, err)
	assert.Equal(t, "before StorePath: "+path+"\nURL: x\nCompression: bzip2\nNarHash: sha256:"+sum+"\nNarSize: 5\nReferences: \n", string(text))
}

// TestLenient lists what is read, though it is not written so.
func TestLenient(t *testing.T) {
	want, err := Parse(dir, file, least)
	require.NoError(t, err)
	lines := strings.SplitAfter(least, "\n")
	for name, text := range map[string]string{
		"reversed":              lines[3] + lines[2] + lines[1] + lines[0],
		"unknown field":         least + "System: x86_64-linux\n",
		"an empty name":         least + ": x\n",
		"URL twice":             "URL: y\n" + least,
		"empty References":      least + "References: \nReferences: \n",
		"unknown deriver":       least + "Deriver: unknown-deriver\n",
		"empty Compression":     least + "Compression: \n",
		"empty CA":              least + "CA: \n",
		"plus":                  strings.Replace(least, "NarSize: 5", "NarSize: +5", 1),
		"any second byte":       strings.Replace(least, "URL: x", "URL:\tx", 1),
		"colon at a line's end": least + "X:\nY: 1\n", // the value is "Y: 1"
		"SRI":                   strings.Replace(least, "sha256:"+sum, want.NARHash.String(), 1),
	} {
		got, err := Parse(dir, file, text)
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
	}
	got, err := Parse(dir, file, least+"References:   "+hash+"-f   "+hash+"-f\nCompression: strange\nFileHash: sha1:"+strings.Repeat("0", 40)+"\n")
	require.NoError(t, err)
	assert.Equal(t, []string{path}, got.References)
	assert.Equal(t, "strange", got.Compression, "which its reader refuses")
}

func TestCorrupt(t *testing.T) {
	corrupt := func(reason string) string { return "NAR info file '" + file + "' is corrupt: " + reason }
	without := func(name string) string {
		var out strings.Builder
		for line := range strings.SplitAfterSeq(least, "\n") {
			if !strings.HasPrefix(line, name) {
				out.WriteString(line)
			}
		}
		return out.String()
	}
	for _, test := range []struct{ text, want string }{
		{"", corrupt("StorePath missing")},
		{without("StorePath"), corrupt("StorePath missing")},
		{"\n" + least, corrupt("StorePath missing")},
		{without("URL"), corrupt("URL missing")},
		{without("NarHash"), corrupt("NarHash missing")},
		{without("NarSize"), corrupt("NarSize missing or zero")},
		{least + "NarSize: 0\n", corrupt("NarSize missing or zero")},
		{least + "NarSize: -1\n", corrupt("invalid NarSize at line 5")},
		{least + "NarSize: ++1\n", corrupt("invalid NarSize at line 5")},
		{least + "NarSize:  5\n", corrupt("invalid NarSize at line 5")},
		{least + "NarSize: 5 \n", corrupt("invalid NarSize at line 5")},
		{least + "NarSize: 18446744073709551616\n", corrupt("invalid NarSize at line 5")},
		{least + "FileSize: x\n", corrupt("invalid FileSize at line 5")},
		{least + "NarHash: " + sum + "\n", corrupt("bad hash at line 5")},
		{least + "FileHash: sha256:zz\n", corrupt("bad hash at line 5")},
		{least + "CA: text:sha256:" + sum + "\nCA: text:sha256:" + sum + "\n", corrupt("extra CA at line 6")},
		{least + "References: " + hash + "-f\nReferences: x\n", corrupt("extra References at line 6")},
		{least + "\n", corrupt("expecting ':' at line 5")},
		{least + "nonsense\n", corrupt("expecting ':' at line 5")},
		{least + "X: y", corrupt(`expecting '\n' at line 5`)},
		{least + "X:\n", corrupt(`expecting '\n' at line 5`)},
		{least + "X:", corrupt(`expecting '\n' at line 5`)},
		{least + "Sig: nonsense\n", "signature is corrupt"},
		{least + "Sig: \n", "signature is corrupt"},
		{least + "Sig: :AAAA\n", "signature is corrupt"},
		{least + "Sig: a:!!\n", "invalid character in Base64 string: '!'"},
		{least + "References: foo\n", "'foo' is too short to be a valid store path"},
		{least + "Deriver: \n", "'' is too short to be a valid store path"},
		{least + "StorePath: " + hash + "-f\n", "not an absolute path: \"" + hash + "-f\""},
		{least + "StorePath: /elsewhere/" + hash + "-f\n", "path \"/elsewhere/" + hash + "-f\" is not in the Nix store"},
		{strings.ReplaceAll(least, "\n", "\r\n"), "path '" + hash + "-f\r' is not a valid store path: name 'f\r' contains illegal character '\r'"},
	} {
		_, err := Parse(dir, file, test.text)
		assert.EqualError(t, err, test.want, test.text)
	}
}

// TestAppendBad shows what is not written, since it could not be read.
func TestAppendBad(t *testing.T) {
	for name, edit := range map[string]func(*Info){
		"URL":         func(info *Info) { info.URL = "x\nStorePath: /nix/store/" + hash + "-g" },
		"Compression": func(info *Info) { info.Compression = "" },
		"NarSize":     func(info *Info) { info.NARSize = 0 },
		"NarHash":     func(info *Info) { info.NARHash.Algo = 0 },
		"References":  func(info *Info) { info.References = []string{"/elsewhere/" + hash + "-f"} },
		"Deriver":     func(info *Info) { info.Deriver = "/nix/store/x" },
		"Sig":         func(info *Info) { info.Signatures = []string{"x"} },
	} {
		info, err := Parse(dir, file, least)
		require.NoError(t, err)
		edit(info)
		_, err = info.Append(nil, dir)
		assert.Error(t, err, name)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{whole, least, least + "X:\n", "", "\n", strings.ReplaceAll(whole, "\n", "\r\n")} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		info, err := Parse(dir, file, text)
		if err != nil {
			return
		}
		out, err := info.Append(nil, dir)
		if err != nil {
			return // a NUL byte, or a signature with a newline, which base64 ignores
		}
		again, err := Parse(dir, file, string(out))
		require.NoError(t, err)
		assert.Equal(t, info, again)
		twice, err := again.Append(nil, dir)
		require.NoError(t, err)
		assert.Equal(t, out, twice)
	})
}
