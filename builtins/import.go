package builtins

// This file defines import and scopedImport: what they accept as a path. Reading, parsing
// and remembering files is the evaluator's (eval/core/import.go), which search paths and
// the command use as well.

import (
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// importBuiltins returns the declarations of import and scopedImport.
func importBuiltins(st *store.View) []core.Builtin {
	f := files{st}
	return []core.Builtin{
		{
			Name:   "import",
			Order:  150,
			Early:  1,
			Global: "import",
			Args:   []string{"path"},
			Doc: `
What the expression in the file at path evaluates to. For a directory that is the file
default.nix in it; for a derivation in the store, a set as builtins.derivation returns. A
file is evaluated once, however often it is imported.

	import (builtins.toFile "three.nix" "1 + 2")
	=> 3
`,
			Impl: func(c *core.Call) (heap.Value, error) { return f.importFile(c, c.Arg(0).Lazy(), 0) },
		},
		{
			Name:   "scopedImport",
			Order:  140,
			Global: "scopedImport",
			Args:   []string{"scope", "path"},
			Doc: `
As builtins.import; in the file at path, the attributes of scope are variables in addition
to the global names, before which they go. The file is evaluated each time.

	scopedImport { x = 4; } (builtins.toFile "twice.nix" "x + x")
	=> 8
`,
			Impl: func(c *core.Call) (heap.Value, error) { return f.importFile(c, c.Arg(1).Lazy(), c.Arg(0).Lazy()) },
		},
	}
}

// importFile evaluates the file at path; scope is the set of its additional global names,
// or 0 for import. The path is forced first, and realised: what its context refers to must
// be in the store. Then comes the scope (eval-fail-scopedImport-order in corpus/builtins).
//
// A file is evaluated once by import, and each time by scopedImport, since the scope may
// differ (eval-fail-scopedImport-not-cached).
//
// Quirk: the .drv file of a valid derivation is not parsed as Nix. The result is a set as
// builtins.derivation makes it, and scope is not even forced
// (eval-okay-import-derivation-memory-store).
func (f files) importFile(c *core.Call, path, scope heap.Lazy) (heap.Value, error) {
	file, err := f.realise(c, path)
	if err != nil {
		return 0, err
	}
	if strings.HasSuffix(file, storepath.DrvExtension) {
		if p, err := f.st.Paths().Parse(file); err == nil && p.IsDerivation() && f.st.Valid(c.Ctx(), file) {
			return derivations(f).value(c, file)
		}
	}
	if scope == 0 {
		return c.Import(file, 0)
	}
	vars, err := c.Need(scope, "while evaluating the first argument passed to builtins.scopedImport").Attrs()
	if err != nil {
		return 0, err
	}
	return c.Import(file, vars)
}
