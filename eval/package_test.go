package eval_test

// This file defines the tests of packages.

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
)

// packagesOf returns the packages in the value of an expression.
func packagesOf(t *testing.T, source string) []*eval.Package {
	t.Helper()
	ev, err := eval.New(eval.Options{Store: eval.Memory("/nix/store"), System: "x86_64-linux"})
	require.NoError(t, err)
	list, err := evaluate(t, ev, source).Packages(ctx, "", nil)
	require.NoError(t, err)
	return list
}

// TestPackages finds packages, and passes over those that throw.
func TestPackages(t *testing.T) {
	list := packagesOf(t, `
		let drv = name: derivation { inherit name; system = "s"; builder = "b"; }; in {
		  b = drv "b-1"; a = [ (drv "a-1") (throw "no") ]; broken = throw "gone"; worse = assert false; drv "x";
		  deep = { recurseForDerivations = true; x = drv "x-1"; y = throw "no"; }; same = { type = "derivation"; name = throw "no name"; };
		  shallow.x = drv "y"; "needs quotes" = abort "not looked at";
		}`)
	var got []string
	for _, p := range list {
		name, err := p.Name(ctx)
		require.NoError(t, err)
		got = append(got, p.AttrPath+" "+name)
	}
	assert.Equal(t, []string{"b b-1", "deep.x x-1"}, got)

	ev, err := eval.New(eval.Options{})
	require.NoError(t, err)
	_, err = evaluate(t, ev, `{ a = 1 + "x"; }`).Packages(ctx, "", nil)
	assert.ErrorContains(t, err, "cannot add a string to an integer")
}

// TestAllPackages finds packages, of which none may be lost.
func TestAllPackages(t *testing.T) {
	ev, err := eval.New(eval.Options{Store: eval.Memory("/nix/store"), System: "x86_64-linux"})
	require.NoError(t, err)
	list, err := evaluate(t, ev, `[ (derivation { name = "a"; system = "s"; builder = "b"; }) ]`).AllPackages(ctx)
	require.NoError(t, err)
	assert.Len(t, list, 1)
	for _, source := range []string{
		`[ (throw "x") ]`, `{ a = throw "x"; }`, `{ type = "derivation"; name = throw "x"; }`, `[ { type = throw "x"; } ]`,
	} {
		_, err := evaluate(t, ev, source).AllPackages(ctx)
		assert.ErrorContains(t, err, "x", source)
	}
}

// TestPackage asks for all that there is to know of a package.
func TestPackage(t *testing.T) {
	p := packagesOf(t, `derivation { name = "x-1"; system = "s"; builder = "b"; outputs = [ "out" "dev" "doc" ]; } //
	  { meta = { outputsToInstall = [ "out" "doc" ]; list = [ 1 2.0 true "x" { y = 1; } ]; null = null; f = x: x; drv.outPath = "/x"; bad = [ 1 (x: x) ]; path = ./.; }; }`)[0]
	system, err := p.System(ctx)
	require.NoError(t, err)
	assert.Equal(t, "s", system)
	output, err := p.OutputName(ctx)
	require.NoError(t, err)
	assert.Equal(t, "out", output)
	drvPath, err := p.DrvPath(ctx)
	require.NoError(t, err)
	assert.Regexp(t, `^/nix/store/.*-x-1\.drv$`, drvPath)
	out, err := p.OutPath(ctx)
	require.NoError(t, err)
	assert.Regexp(t, `^/nix/store/.*-x-1$`, out)
	names, err := p.Outputs(ctx, false)
	require.NoError(t, err)
	assert.Equal(t, []eval.PackageOutput{{Name: "dev"}, {Name: "doc"}, {Name: "out"}}, names)
	wanted, err := p.Wanted(ctx)
	require.NoError(t, err)
	assert.Len(t, wanted, 2)
	assert.Equal(t, eval.PackageOutput{Name: "out", Path: out}, wanted[1])
	all, err := p.MetaNames(ctx)
	require.NoError(t, err)
	assert.Equal(t, []string{"bad", "drv", "f", "list", "null", "outputsToInstall", "path"}, all)
	for _, name := range all {
		_, ok, err := p.Meta(ctx, name)
		require.NoError(t, err)
		assert.Equal(t, name == "list" || name == "outputsToInstall", ok, name)
	}
}

// TestPackageErrors asks what sets that only look like derivations do not have.
func TestPackageErrors(t *testing.T) {
	for _, test := range []struct {
		source string
		ask    func(p *eval.Package) error
		want   string
	}{
		{`{ type = "derivation"; name = "x"; }`, func(p *eval.Package) error { _, err := p.OutPath(ctx); return err }, "derivation does not have attribute 'outPath'"},
		{`{ type = "derivation"; name = "x"; outPath = "/x"; }`, func(p *eval.Package) error { _, err := p.OutPath(ctx); return err }, "path '/x' is not in the Nix store"},
		{`{ type = "derivation"; name = "x"; meta = 1; }`, func(p *eval.Package) error { _, _, err := p.Meta(ctx, "a"); return err }, "expected a set but found an integer"},
		{`{ type = "derivation"; name = "x"; outputs = [ ]; meta.outputsToInstall = [ "out" ]; }`, func(p *eval.Package) error { _, err := p.Wanted(ctx); return err }, "this derivation has bad 'meta.outputsToInstall'"},
		{`{ type = "derivation"; name = "x"; outputs = [ ]; outputSpecified = true; outputName = "y"; }`, func(p *eval.Package) error { _, err := p.Wanted(ctx); return err }, "derivation does not have output 'y'"},
	} {
		err := test.ask(packagesOf(t, test.source)[0])
		assert.ErrorContains(t, err, test.want, test.source)
	}
	none := packagesOf(t, `{ type = "derivation"; name = "x"; }`)[0]
	drvPath, err := none.DrvPath(ctx)
	require.NoError(t, err)
	assert.Empty(t, drvPath)
	system, err := none.System(ctx)
	require.NoError(t, err)
	assert.Equal(t, "unknown", system)
}
