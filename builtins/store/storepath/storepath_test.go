package storepath

// This file defines the tests of store paths. What is expected was recorded with Nix 2.34.8.

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/budget/budgettest"
)

const (
	dir   = DefaultDir
	some  = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	store = "/nix/store/"
)

func TestParse(t *testing.T) {
	for _, text := range []string{store + some + "-x.drv", store + "/" + some + "-x.drv/", "/nix/../nix/./store/" + some + "-x.drv"} {
		p, err := dir.Parse(text)
		require.NoError(t, err)
		assert.Equal(t, Path(some+"-x.drv"), p)
		assert.Equal(t, store+some+"-x.drv", dir.Text(p))
	}
	p := Path(some + "-x.drv")
	assert.Equal(t, some, p.Hash())
	assert.Equal(t, "x.drv", p.Name())
	assert.True(t, p.IsDerivation())
	name, err := p.DrvName()
	require.NoError(t, err)
	assert.Equal(t, "x", name)
	_, err = Path(some + "-x").DrvName()
	assert.EqualError(t, err, "store path '"+some+"-x' is not a valid derivation path")
	assert.Empty(t, Path("").Hash()+Path("").Name())
	_, err = dir.Parse(store + some + "_x")
	assert.NoError(t, err, "what separates hash and name is not checked")

	for _, test := range []struct{ text, want string }{
		{"", `not an absolute path: ""`},
		{"foo", `not an absolute path: "foo"`},
		{"/foo", `path "/foo" is not in the Nix store`},
		{`/x"y\`, `path "/x"y\" is not in the Nix store`},
		{"/nix/store", `path "/nix/store" is not in the Nix store`},
		{store, `path "/nix/store" is not in the Nix store`},
		{store + "..", `path "/nix" is not in the Nix store`},
		{store + some + "-x/y", `path "/nix/store/` + some + `-x/y" is not in the Nix store`},
		{store + "x", "'x' is too short to be a valid store path"},
		{store + some, "'" + some + "' is too short to be a valid store path"},
		{store + "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-x", "store path 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee-x' contains illegal base-32 character 'e'"},
		{store + some + "-", "path '" + some + "-' is not a valid store path: name must not be empty"},
		{store + some + "-x@", "path '" + some + "-x@' is not a valid store path: name 'x@' contains illegal character '@'"},
	} {
		_, err := dir.Parse(test.text)
		assert.EqualError(t, err, test.want)
	}
}

func TestCheckName(t *testing.T) {
	for _, name := range []string{"a", "...", "..x", ".x", "-", "-.", "a+b-c._?=Z9", strings.Repeat("a", 211)} {
		assert.NoError(t, CheckName(name), name)
	}
	for _, test := range []struct{ name, want string }{
		{"", "name must not be empty"},
		{strings.Repeat("a", 212), "name '" + strings.Repeat("a", 212) + "' must be no longer than 211 characters"},
		{".", "name '.' is not valid"},
		{"..", "name '..' is not valid"},
		{".-x", "name '.-x' is not valid: first dash-separated component must not be '.'"},
		{"..-x", "name '..-x' is not valid: first dash-separated component must not be '..'"},
		{"a b", "name 'a b' contains illegal character ' '"},
		{"é", "name 'é' contains illegal character '\xc3'"},
	} {
		assert.EqualError(t, CheckName(test.name), test.want)
	}
}

func TestSplit(t *testing.T) {
	for _, test := range []struct{ text, rest string }{
		{store + some + "-x", ""}, {store + some + "-x/", ""}, {store + some + "-x/a", "/a"}, {store + some + "-x//a/./b/", "/a/b"},
	} {
		p, rest, err := dir.Split(test.text)
		require.NoError(t, err)
		assert.Equal(t, Path(some+"-x"), p)
		assert.Equal(t, test.rest, rest)
	}
	for _, test := range []struct{ text, want string }{
		{"", "path '' is not in the Nix store"},
		{"/nix/store", "path '/nix/store' is not in the Nix store"},
		{store, "path '/nix/store/' is not in the Nix store"},
		{store + "../x", "path '/nix/store/../x' is not in the Nix store"},
		{"/nix/stores/x", "path '/nix/stores/x' is not in the Nix store"},
		{store + "x/y", "'x' is too short to be a valid store path"},
	} {
		_, _, err := dir.Split(test.text)
		assert.EqualError(t, err, test.want)
	}
}

func TestMake(t *testing.T) {
	text := func(name, contents string, refs ...string) string {
		p, err := dir.MakeText(name, sha256.Sum256([]byte(contents)), refs)
		require.NoError(t, err)
		return dir.Text(p)
	}
	a := text("a.txt", "hello")
	assert.Equal(t, "/nix/store/wzflyq5q9kjg4p27yck2nnispnblxsnh-a.txt", a)
	b := text("b", "x "+a, a)
	assert.Equal(t, "/nix/store/60hw9g6af74r0nzala1002hi1lspr68c-b", b)
	assert.Equal(t, "/nix/store/8kqikcnm6n6rxsgcmiavqk7nac17wh5j-c", text("c", a+" "+b, b, a))

	_, err := dir.MakeText("a b", sha256.Sum256(nil), nil)
	assert.ErrorContains(t, err, "-a b' is not a valid store path: name 'a b' contains illegal character ' '")
}

// Fixed paths without references are tested in the package drv.
func TestMakeFixed(t *testing.T) {
	h, err := nixhash.Parse("sha256:16q2wqzlk5igvh5ylx7b3g9hk6h3dp30gzymh052z5jczlbxrb65", 0)
	require.NoError(t, err)
	refs := References{Paths: []string{"/nix/store/div21jqzbff6hlaqzxnjdq7zcyvc1q6x-qq"}, Self: true}
	p, err := dir.MakeFixed("pp", NAR, h, refs)
	require.NoError(t, err)
	assert.Equal(t, Path("qf2027ggis4bk6d6d59sf30zj2vqg76r-pp"), p)

	for _, test := range []struct {
		m    Method
		algo nixhash.Algo
		refs References
		want string
	}{
		{Flat, nixhash.SHA256, refs, "fixed output derivation 'n' is not allowed to refer to other store paths.\n" +
			"You may need to use the 'unsafeDiscardReferences' derivation attribute, see the manual for more details."},
		{NAR, nixhash.SHA512, References{Self: true}, "fixed output derivation 'n' is not allowed to refer to other store paths.\n" +
			"You may need to use the 'unsafeDiscardReferences' derivation attribute, see the manual for more details."},
		{Git, nixhash.MD5, References{}, "Git file ingestion must use SHA-1 or SHA-256 hash, but instead using: md5"},
		{Text, nixhash.SHA256, refs, "self-reference not allowed with text hashing"},
		{Text, nixhash.SHA1, References{}, "text hashing must use SHA-256, but instead using: sha1"},
	} {
		_, err := dir.MakeFixed("n", test.m, nixhash.Hash{Algo: test.algo}, test.refs)
		assert.EqualError(t, err, test.want)
	}
}

func TestMethods(t *testing.T) {
	for m := Flat; m <= Git; m++ {
		got, err := ParseMethod(m.String())
		require.NoError(t, err)
		assert.Equal(t, m, got)
	}
	_, err := ParseMethod("recursive")
	assert.EqualError(t, err, "Unknown file ingestion method 'recursive', expect `flat`, `nar`, or `git`")
	assert.Empty(t, Method(9).String()+Method(9).Prefix())
}

func TestPlaceholders(t *testing.T) {
	assert.Equal(t, "/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9", OutputPlaceholder("out"))
	assert.Equal(t, "/02qcpld1y6xhs5gz9bchpxaw0xdhmsp5dv88lh25r2ss44kh8dxz", OutputPlaceholder("dev"))

	p, err := UnknownOutput("2i0z1rnx6g10l4aipw6kzkprkykm017y-a.drv", "out")
	require.NoError(t, err)
	assert.Equal(t, "/1cbv1siv9xr36ik9xrql4i72blw3ywh6yk9lakza5jpfp5dw6mxv", p.Text())
	p, err = UnknownOutput("2i0z1rnx6g10l4aipw6kzkprkykm017y-a.drv", "dev")
	require.NoError(t, err)
	assert.Equal(t, "/1wm2ay7p2y4gv2qw0hrn256ibmb43a10ipq98yk706asxd2yc7v8", p.Text())
	_, err = UnknownOutput(some+"-a", "out")
	assert.Error(t, err)

	// builtins.outputOf, once and twice
	p, err = UnknownOutput("dz4k4qqmlxbs3gx58fp5rwa7rg88ban9-hello.drv.drv", "out")
	require.NoError(t, err)
	assert.Equal(t, "/0sxwn4vawkjam1rzv6inh740ip30f9wfk7x8yn2wj8zqyh8ik9jk", p.Output("out").Text())
	assert.Equal(t, "/0z9zsrwj3lzpv35jsxll913h20sfqfh45smj5faq4wwzpdly8ydb", p.Output("a").Output("b").Text())
}

func TestMakeTextWithin(t *testing.T) {
	var refs []string
	for i := range 2000 {
		refs = append(refs, fmt.Sprintf("/nix/store/%032d-x", i))
		if n := len(refs); n%511 > 2 {
			continue
		}
		want, err := DefaultDir.MakeText("x", [32]byte{1}, refs)
		require.NoError(t, err)
		got, err := DefaultDir.MakeTextWithin(&budgettest.Budget{MaxTicks: 100}, "x", [32]byte{1}, refs)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := DefaultDir.MakeTextWithin(&budgettest.Budget{MaxTicks: 4}, "x", [32]byte{1}, refs)
	assert.Equal(t, budgettest.ErrStop, err)
}

// TestLongMessages shows that what is far too long is not in a message.
func TestLongMessages(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, err := range []error{CheckName(long), second(ParseBase(long)), second(DefaultDir.Parse("/nix/store/" + long)), second(DefaultDir.Parse(long))} {
		if assert.Error(t, err) {
			assert.Less(t, len(err.Error()), 1<<18)
		}
	}
}

func second(_ Path, err error) error { return err }
