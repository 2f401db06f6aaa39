package eval_test

import (
	"bytes"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus"
)

// TestAPI compares what the package exports with what it exported before, so that
// reviewers see each change. -update writes it.
func TestAPI(t *testing.T) {
	fset := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
		files = append(files, f)
	}
	for _, f := range files {
		ast.FileExports(f)
	}
	p, err := doc.NewFromFiles(fset, files, "github.com/firn-lang/firn/eval")
	require.NoError(t, err)
	var out bytes.Buffer
	show := func(node ast.Node) {
		ast.Inspect(node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				n.Body, n.Doc = nil, nil
			case *ast.GenDecl:
				n.Doc = nil
			case *ast.TypeSpec:
				n.Doc, n.Comment = nil, nil
			case *ast.ValueSpec:
				n.Doc, n.Comment = nil, nil
			case *ast.Field:
				n.Doc, n.Comment = nil, nil
			}
			return true
		})
		require.NoError(t, printer.Fprint(&out, fset, node))
		out.WriteString("\n\n")
	}
	values := func(list []*doc.Value) {
		for _, v := range list {
			show(v.Decl)
		}
	}
	funcs := func(list []*doc.Func) {
		for _, f := range list {
			assert.NotEmpty(t, f.Doc, "%s has no documentation", f.Name)
			show(f.Decl)
		}
	}
	values(p.Consts)
	values(p.Vars)
	funcs(p.Funcs)
	for _, typ := range p.Types {
		assert.NotEmpty(t, typ.Doc, "%s has no documentation", typ.Name)
		show(typ.Decl)
		values(typ.Consts)
		values(typ.Vars)
		funcs(typ.Funcs)
		for _, f := range typ.Methods {
			if f.Name != "Error" && f.Name != "String" {
				assert.NotEmpty(t, f.Doc, "%s.%s has no documentation", typ.Name, f.Name)
			}
			show(f.Decl)
		}
	}
	corpus.File(t, filepath.Join("testdata", "api.txt"), out.String())
}
