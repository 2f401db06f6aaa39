package builtins

// This file defines the builtins that run native code: importNative and exec, which the
// reference has when allow-unsafe-native-code-during-evaluation is on. Here they exist with
// the same setting, for programs that ask whether they do, and check their arguments, but
// run nothing: a program that could would see the machine past every restriction. The
// last error of each is firn's own, all before it are the reference's (2.34.8).

import (
	"errors"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// nativeBuiltins returns the declarations of importNative and exec, which WithNative adds.
// The examples run without the setting, hence their errors.
func nativeBuiltins(st *store.View) []core.Builtin {
	f := files{st}
	return []core.Builtin{
		{
			Name:  "importNative",
			Order: 100,
			Args:  []string{"path", "symbol"},
			Doc: `
The value that the function symbol of the shared library at path makes. It is not supported,
and always an error.

	builtins.importNative ./lib.so "init"
	=> error: attribute 'importNative' missing
`,
			Impl: f.importNative,
		},
		{
			Name:  "exec",
			Order: 110,
			Args:  []string{"args"},
			Doc: `
The value of the expression that a program prints; args has the program and its arguments. It
is not supported, and always an error.

	builtins.exec [ "date" ]
	=> error: attribute 'exec' missing
`,
			Impl: inTurn(f.exec),
		},
	}
}

// importNative is builtins.importNative. The path is realised and its links are followed,
// and then the name of the symbol is forced: eval-fail-importNative-type in corpus/builtins.
// The end is always an error, as of a library that could not be opened.
func (f files) importNative(c *core.Call) (heap.Value, error) {
	file, err := f.resolved(c, c.Arg(0).Lazy(), false)
	if err != nil {
		return 0, err
	}
	if _, err := c.Arg(1).PlainString(); err != nil {
		return 0, err
	}
	return 0, c.Errorf(core.CodeNotSupported, "could not open '%s': native code is not supported", strings.Clone(file))
}

// exec is builtins.exec: all elements are coerced, the program first, and then the contexts
// of all are realised at once; a path stays a path of the machine and is not copied to the
// store. The end is always an error.
func (f files) exec(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	list, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.exec").List()
	if err != nil {
		return 0, err
	}
	if h.Len(list) == 0 {
		return 0, c.Errorf(core.CodeInvalidArgument, "at least one argument to 'exec' required")
	}
	// The frame of the program differs from that of its arguments.
	program, words := "", "while evaluating the first element of the argument passed to builtins.exec"
	var contexts contextList
	for i := range h.Len(list) {
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
		text, ctx, err := c.Need(h.Elems(list)[i], words).Coerce(0)
		if err != nil {
			return 0, err
		}
		if i == 0 {
			program, words = strings.Clone(shown(text)), "while evaluating an element of the argument passed to builtins.exec"
		}
		contexts.add(ctx)
	}
	var invalid *store.InvalidPathError
	if err := f.realiseContext(c, c.UnionAll(contexts)); errors.As(err, &invalid) {
		return 0, c.Errorf(core.CodeStorePath, "cannot execute '%s', since store path '%s' is not valid", program, invalid.Path)
	} else if err != nil {
		return 0, err
	}
	return 0, c.Errorf(core.CodeNotSupported, "cannot execute '%s': running programs is not supported", program)
}
