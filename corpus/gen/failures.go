package gen

// This file defines what fails in the programs of ValueProgram.

import "fmt"

// failing returns an expression that fails when it is forced, or that has
// another type than its place wants.
func (g *valueGenerator) failing() string {
	switch n := g.IntN(12); {
	case n < 3:
		g.used["wrong type"] = true
		return g.expr(g.anyType(1))
	case n < 5:
		return g.throw()
	case n == 6:
		g.used["failure shown"] = true
		return g.shown()
	case n == 5:
		return fmt.Sprintf("(builtins.addErrorContext %s %s)", stringText(fmt.Sprint("context ", g.throws)), g.throw())
	}
	f := &failures[g.IntN(len(failures))]
	g.used["failure "+f.name] = true
	return f.write(g)
}

// A failure is one way to fail.
type failure struct {
	name  string
	write func(*valueGenerator) string
}

// The table is filled here, because its functions refer to it.
var failures []failure

func init() {
	text := func(name string, texts ...string) failure {
		return failure{name, func(g *valueGenerator) string { return "(" + pick(g.Rand, texts...) + ")" }}
	}
	failures = []failure{
		text("infinite recursion", "let q = q; in q", "rec { p = q; q = p; }.p", "let q = q + 1; in q", "let s = { p = s.p; }; in s.p", "let s = s // { }; in s",
			"let p = [ q ]; q = builtins.head p; in q", "let s = { v = s.${s.v}; }; in s.v", "let q = if q then 1 else 2; in q", "let q = \"${q}\"; in q",
			"rec { q = with q; 1; }.q", "let f = k: f; p = f p; q = assert q == 1; 2; in q", "let s.p = s.q; s.q = s.p; in s", "let inherit (s) p; s = { p = p; }; in p"),
		text("abort", `abort "stop"`, `builtins.abort "now"`, "abort 1"),
		text("assertion", "assert false; 1", "assert 1 == 2; 1", "assert { a = 1; } == { a = 2; }; 1", `assert [ 1 "a" ] == [ 1 "b" ]; 1`, "assert 1; 2", "assert !true; 1",
			"assert { a = 1; b = [ 1 ]; } == { a = 1; }; 1", `assert "a" == "b"; 1`),
		text("missing attribute", "{ }.a", "{ a = 1; }.b", "{ a.b = 1; }.a.c", "{ a = 1; }.a.b", `{ a = 1; }."a b"`, "builtins.missing", "rec { a = 1; b = c; }.c or d.e", "null.a", "(x: x).a",
			`builtins.getAttr "q" { }`, `builtins.getAttr "q" 1`, "let inherit ({ }) a; in a", "{ inherit ({ }) a; }.a"),
		text("undefined variable", "with { }; missing", "with { miss = 1; }; missing", "with 1; missing", "with { a = 1; }; with { }; q", "with builtins; foldl"),
		text("not a function", "1 2", "{ } 1", `"a" "b"`, "null null", "{ __functor = 1; } 2", "{ __functor = self: 1; } 2", "[ ] 1", "1.5 1", "builtins.langVersion 1", "map 1 [ 1 ] == [ 2 ]",
			"builtins.add 1 2 3"),
		text("arguments", "({ a }: a) { }", "({ a }: a) { a = 1; b = 2; }", "({ a, b }: a) { a = 1; }", "({ a }: a) 1", "({ a ? b, b ? a }: a) { }", "({ a, ... }: a) { b = 1; }",
			"let f = { foo }: foo; in f { fo = 1; foo = 2; }", "({ }: 1) { x = 1; }", "(all@{ a ? all.b }: a) { }", "let f = { a }: a; in f [ ]"),
		text("lists", "builtins.head [ ]", "builtins.tail [ ]", "builtins.elemAt [ 1 ] 1", "builtins.elemAt [ 1 ] (-1)", "builtins.genList (x: x) (-1)", "builtins.head 1", "builtins.length { }",
			"builtins.filter (x: 1) [ 1 ]", "builtins.sort (x: y: 1) [ 1 2 ]", "builtins.concatLists [ 1 ]", "builtins.concatMap (x: x) [ 1 ]", "builtins.foldl' 1 2 [ 3 ]", "builtins.all 1 [ 1 ]",
			"builtins.elem 1 2", "builtins.foldl' (x: y: z: x) 1 [ 2 3 ]", "builtins.sort builtins.lessThan [ 1 \"a\" ]", "builtins.genericClosure { }",
			"builtins.genericClosure { startSet = [ 1 ]; operator = x: [ ]; }", "builtins.genericClosure { startSet = [ { } ]; operator = x: [ ]; }",
			"builtins.genericClosure { startSet = [ { key = 1; } ]; operator = x: 1; }", "builtins.genericClosure { startSet = [ { key = { }; } { key = [ ]; } ]; operator = x: [ ]; }",
			"builtins.groupBy (x: 1) [ 1 ]", "builtins.partition (x: null) [ 1 ]", "[ 1 ] ++ 2", "1 ++ [ 2 ]"),
		text("sets", "{ } // 1", "1 // { }", "{ ${1} = 2; }", "{ a = 1; ${\"a\" + \"\"} = 2; }", "builtins.attrNames 1", "builtins.listToAttrs [ { } ]", "builtins.listToAttrs [ { name = \"a\"; } ]",
			"builtins.listToAttrs [ { name = 1; value = 2; } ]", "builtins.removeAttrs { } 1", "builtins.removeAttrs { } [ 1 ]", "builtins.catAttrs \"a\" [ 1 ]", "builtins.mapAttrs 1 { a = 1; }",
			"builtins.intersectAttrs 1 { }", "builtins.zipAttrsWith (n: v: v) [ 1 ]", "builtins.functionArgs 1", "builtins.functionArgs { __functor = self: x: x; }", "{ }.${null}",
			"builtins.hasAttr 1 { }", "1 ? ${null}", "{ } ? ${1}", "rec { a = 1; __overrides = 1; }.a"),
		text("strings", `"${1}"`, `"a" + 1`, `1 + "a"`, `"${{ }}"`, `"${[ "a" ]}"`, `"${null}"`, `"${true}"`, `"${x: x}"`, `"a" + { }`, `"${{ __toString = self: 1; }}"`, "toString { }", "toString (x: x)",
			`builtins.substring (-1) 1 "a"`, `builtins.stringLength 1`, `builtins.concatStringsSep 1 [ ]`, `builtins.concatStringsSep "," [ 1 ]`, `builtins.replaceStrings [ "a" ] [ ] "a"`,
			`builtins.replaceStrings [ 1 ] [ "a" ] "a"`, `builtins.replaceStrings [ "a" ] [ 1 ] "a"`, `builtins.match "(" "a"`, `builtins.split 1 "a"`, `builtins.toJSON (x: x)`,
			`builtins.toJSON { a = [ (x: x) ]; }`, `builtins.hashString "sha3" "a"`, `builtins.fromJSON "{"`, `builtins.fromJSON 1`, `builtins.fromTOML "a = "`, `builtins.fromTOML "a = 1\na = 2"`,
			`builtins.parseDrvName 1`, `builtins.compareVersions "1" 2`, `builtins.splitVersion [ ]`, `builtins.placeholder 1`, `builtins.convertHash { }`, `toString [ 1 [ (x: x) ] ]`,
			`builtins.baseNameOf 1`, `builtins.dirOf { }`, `throw 1`, `throw { }`, `builtins.toXML (throw "x")`),
		text("numbers", "1 / 0", "1.0 / 0", "1 / 0.0", "9223372036854775807 + 1", "9223372036854775807 * 2", "(-9223372036854775807) - 2", "(-9223372036854775807 - 1) / (-1)", "1 + null",
			"- \"a\"", "-(-9223372036854775807 - 1)", "1 - \"a\"", "{ } * 2", "1 < \"a\"", "{ } < { }", "null < null", "[ 1 ] < [ \"a\" ]", "true > false", "(x: x) < 1", "builtins.bitAnd 1 1.0",
			"builtins.ceil \"a\"", "builtins.floor 1.0e300", "builtins.add \"a\" \"b\"", "builtins.lessThan 1", "builtins.div 1 0", "builtins.div 1.0 0", "[ [ 1 ] ] < [ [ { } ] ]", "1.5 < true"),
		text("booleans", "!1", "1 && true", "true && 1", "false || null", "1 || true", "true -> 1", "1 -> true", "if 1 then 2 else 3", "if null then 1 else 2", "if \"\" then 1 else 2", "![ ]"),
		text("paths", "/missing + 1", "\"${/missing}\"", "/a/${1}", "import /missing", "builtins.readFile /missing", "builtins.readDir ./missing", "builtins.toPath \"a\"", "builtins.pathExists 1",
			"import \"relative\"", "builtins.path { path = /missing; }", "builtins.path { }", "builtins.path { path = /missing; odd = 1; }", "builtins.filterSource (p: t: true) /missing", "<missing>",
			"builtins.storePath /a", "builtins.toPath 1", "builtins.toJSON /missing", "import 1", "/a/b + /c < 1",
			"scopedImport { } /missing", "builtins.findFile [ ] \"a\"", "builtins.findFile [ { } ] \"a\"", "builtins.findFile 1 \"a\"", "builtins.hashFile \"sha256\" /missing", "<nix/missing.nix>"),
		text("contexts", "builtins.toFile \"a\" (derivation { name = \"n\"; system = \"s\"; builder = \"b\"; }).outPath", "builtins.toFile \"a b\" \"c\"", "builtins.toFile 1 \"a\"", "builtins.getContext 1",
			"builtins.appendContext \"a\" 1", "builtins.appendContext \"a\" { b = { }; }", "{ ${builtins.toFile \"a\" \"b\"} = 1; }", "builtins.addDrvOutputDependencies \"a\"",
			"builtins.addDrvOutputDependencies (builtins.toFile \"a\" \"b\")", "{ a = 1; }.${builtins.toFile \"a\" \"b\"}", "builtins.hasAttr (builtins.toFile \"a\" \"b\") { }", "builtins.fromJSON (builtins.toFile \"a\" \"b\")",
			"builtins.parseDrvName (builtins.toFile \"a\" \"b\")", "builtins.match (builtins.toFile \"a\" \"b\") \"\"", "builtins.listToAttrs [ { name = builtins.toFile \"a\" \"b\"; value = 1; } ]"),
		text("derivations", "derivation { }", "derivation 1", "derivation { name = \"n\"; }", "(derivation { name = \"n\"; builder = \"b\"; }).outPath", "(derivation { name = \"n\"; system = \"s\"; }).drvPath",
			"(derivation { name = \"a b\"; system = \"s\"; builder = \"b\"; }).drvPath", "(derivation { name = \"\"; system = \"s\"; builder = \"b\"; }).drvPath",
			"(derivation { name = \"n.drv\"; system = \"s\"; builder = \"b\"; }).drvPath", "(derivation { name = 1; system = \"s\"; builder = \"b\"; }).drvPath",
			"(derivation { name = \"n\"; system = \"s\"; builder = \"b\"; e = x: x; }).drvPath", "(derivation { name = \"n\"; system = \"s\"; builder = \"b\"; args = [ 1 { } ]; }).drvPath",
			"(derivation { name = \"n\"; system = \"s\"; builder = \"b\"; args = 1; }).drvPath", "builtins.derivationStrict { }", "builtins.derivationStrict 1", "builtins.derivationStrict { name = { }; }",
			"builtins.derivationStrict { name = \"n\"; system = \"s\"; builder = \"b\"; e = { }; }", "builtins.derivationStrict { name = \"n\"; system = \"s\"; builder = \"b\"; __structuredAttrs = true; e = x: x; }"),
	}
}
