package eval_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

func ExampleValue_Function() {
	ev, _ := eval.New(eval.Options{})
	v, _ := ev.EvalString(context.Background(), `
		/** Makes a user. */
		{ name, /** where they live */ home ? "/home/${name}", ... }: name`)
	info, _ := v.Function()
	fmt.Println(info.Doc)
	for _, f := range info.Formals {
		fmt.Printf("%s %q %q\n", f.Name, f.Default, f.Doc)
	}
	// Output:
	// Makes a user.
	// name "" ""
	// home "\"/home/${name}\"" "where they live"
}

func TestFunction(t *testing.T) {
	ctx := context.Background()
	ev, err := eval.New(eval.Options{})
	require.NoError(t, err)
	info := func(src string) eval.FunctionInfo {
		v, err := ev.EvalString(ctx, src)
		require.NoError(t, err)
		info, ok := v.Function()
		require.True(t, ok, src)
		return info
	}
	f := info("let f = x: { y }: z: 1; in f")
	assert.Equal(t, "f", f.Name)
	assert.Equal(t, []string{"x", "", "z"}, f.Args)
	assert.Nil(t, f.Formals)
	assert.Equal(t, "«string»:1:9", f.Position.String())
	f = info("let f = x: { y }: z: 1; in f 1")
	assert.Equal(t, 1, f.Given)
	assert.Equal(t, []string{"", "z"}, f.Args)
	require.Len(t, f.Formals, 1)
	assert.Equal(t, "y", f.Formals[0].Name)
	f = info("args@{ }: 1")
	assert.Equal(t, []string{"args"}, f.Args)
	assert.Equal(t, []eval.Formal{}, f.Formals)
	f = info("builtins.map (x: x)")
	assert.True(t, f.Builtin)
	assert.Equal(t, "map", f.Name)
	assert.Equal(t, []string{"list"}, f.Args)
	assert.Contains(t, f.Doc, "Applies f to each element")

	v, err := ev.EvalString(ctx, "{ __functor = self: x: x; }")
	require.NoError(t, err)
	_, ok := v.Function()
	assert.False(t, ok)
	_, ok = eval.Value{}.Function()
	assert.False(t, ok)
}

func TestDoc(t *testing.T) {
	ev, err := eval.New(eval.Options{})
	require.NoError(t, err)
	v, err := ev.EvalString(context.Background(), "{\n  /**\n    The port.\n\n      indented\n  */\n  port = 80;\n  /* ordinary */ host = 1;\n\n  y = 2; } // { x = 1; }")
	require.NoError(t, err)
	assert.Equal(t, "The port.\n\n  indented", v.Doc("port"))
	assert.Equal(t, "ordinary", v.Doc("host"))
	assert.Empty(t, v.Doc("y"))
	assert.Empty(t, v.Doc("nonesuch"))
	assert.Empty(t, v.Doc("x"))
}

func TestDocText(t *testing.T) {
	for comment, want := range map[string]string{
		"/** one */":               "one",
		"/**\n  a\n   b\n\n  c */": "a\n b\n\nc",
		"/**/":                     "",
		"/* no */":                 "",
		"":                         "",
		"/** first\n second\n*/":   "first\nsecond",
	} {
		assert.Equal(t, want, eval.DocText(comment), comment)
	}
}
