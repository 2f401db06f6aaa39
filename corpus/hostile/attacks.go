package hostile

// This file defines the table of attacks on the limits.

// An Attack is a program whose memory or time lies where a limit could overlook it:
// in text that is being made, in tables beside the heap, in caches, on the stack of Go.
type Attack struct {
	Name   string // unique
	Aim    string // where the memory or the time lies
	Source string
	As     string // how the value is taken: a form of output, or one of the constants below; "" to evaluate all of it
}

// Ways to take a value other than to write it in a form.
const (
	AsJSON    = "Value.JSON"
	AsAny     = "Decode"     // into Go maps and slices
	AsReport  = "report"     // fail, and print a report of the error
	AsPretty  = "nix pretty" // on several lines
	AsIndent  = "json pretty"
	AsKeeping = "json keep going" // with a mark in place of what fails
)

// Pieces of the programs below.
const (
	letText    = `let rep = n: s: if n <= 1000 then builtins.concatStringsSep "" (builtins.genList (_: s) n) else rep (n / 1000) (rep 1000 s); long = rep 200000 "abcdefgh"; in `
	letNest    = `let f = n: if n == 0 then [ ] else let y = f (n - 1); in [ y y ]; in `
	letSets    = `let f = n: if n == 0 then { } else let y = f (n - 1); in { a = y; b = y; }; in `
	letStrings = `let f = n: if n == 0 then "s" else let y = f (n - 1); in { a = y; b = y; }; in `
	letDeep    = `let f = n: builtins.foldl' (x: _: [ x ]) [ ] (builtins.genList (i: i) n); in `
	letSteep   = `let f = n: builtins.foldl' (x: _: { a = x; }) { } (builtins.genList (i: i) n); in `
	letDrv     = `let d = a: derivation ({ name = "d"; system = "x"; builder = "b"; } // a); in `
)

// Attacks returns the table.
func Attacks() []Attack {
	return []Attack{
		// Text that is far longer than the value that it is of.
		{"json-brackets", "text of toJSON", letNest + `builtins.toJSON (f 25)`, ""},
		{"json-objects", "text of toJSON", letSets + `builtins.toJSON (f 25)`, ""},
		{"json-nested", "text of toJSON, quoted over and over", `builtins.foldl' (s: _: builtins.toJSON s) "\"" (builtins.genList (i: i) 40)`, ""},
		{"json-names", "names in toJSON", `let s = { ${builtins.concatStringsSep "" (builtins.genList (_: "n") 100000)} = 1; }; in builtins.toJSON (builtins.genList (_: s) 10000)`, ""},
		{"json-out-path", "toJSON by outPath", `let f = n: if n == 0 then [ ] else let y = f (n - 1); in [ { outPath = y; } { outPath = y; } ]; in builtins.toJSON (f 25)`, ""},
		{"json-functor", "toJSON by __toString", `let x = { __toString = _: "abcdefghijklmnop"; }; in builtins.toJSON (builtins.genList (_: x) 100000)`, ""},
		{"xml-brackets", "text of toXML", letNest + `builtins.toXML (f 25)`, ""},
		{"xml-indent", "indentation of toXML", letDeep + `builtins.toXML (f 9000)`, ""},
		{"xml-escapes", "text of toXML", letText + `builtins.toXML (rep 4000000 "&")`, ""},
		{"value-json", "Value.JSON", letNest + `f 25`, AsJSON},
		{"value-json-text", "Value.JSON", letText + `builtins.genList (_: long) 40`, AsJSON},
		{"format-json", "Format", letNest + `f 25`, "json"},
		{"format-json-indent", "indentation of Format", letDeep + `f 9000`, AsIndent},
		{"format-json-keep-going", "errors of Format", `builtins.genList (i: throw "no ${toString i}") 100000`, AsKeeping},
		{"format-yaml", "Format", letSets + `f 25`, "yaml"},
		{"format-yaml-deep", "indentation of Format", letSteep + `f 9000`, "yaml"},
		{"format-toml", "Format", letStrings + `f 25`, "toml"},
		{"format-toml-deep", "headings of TOML, each the path to a table", `let f = n: builtins.foldl' (x: _: { a = x; b = 1; }) { c = 1; } (builtins.genList (i: i) n); in f 9000`, "toml"},
		{"format-toml-tables", "arrays of tables", `let f = n: if n == 0 then [ { a = 1; } ] else let y = f (n - 1); in [ { b = y; } { b = y; } ]; in { x = f 25; }`, "toml"},
		{"format-xml", "Format", letNest + `f 25`, "xml"},
		{"format-xml-deep", "indentation of Format", letDeep + `f 9000`, "xml"},
		{"format-nix", "Format", letNest + `f 25`, "nix"},
		{"format-nix-pretty", "Format", letSets + `f 25`, AsPretty},
		{"format-nix-deep", "indentation of Format", letSteep + `f 9000`, AsPretty},
		{"format-env", "Format", letText + `builtins.listToAttrs (builtins.genList (i: { name = "N${toString i}"; value = long; }) 1000)`, "env"},
		{"format-raw", "Format", letText + `rep 1000 long`, "raw"},
		{"decode", "Go values", letSets + `f 25`, AsAny},
		{"decode-lists", "Go values", letNest + `f 25`, AsAny},
		{"trace", "text of trace", letNest + `let x = f 25; in builtins.deepSeq (f 20) (builtins.trace x 1)`, ""},

		// Strings.
		{"string-double", "strings", `builtins.foldl' (s: _: s + s) "ab" (builtins.genList (i: i) 60)`, ""},
		{"string-interpolate", "strings", letText + `builtins.foldl' (s: _: "${s}-${s}") "ab" (builtins.genList (i: i) 60)`, ""},
		{"string-indented", "strings", `builtins.foldl' (s: _: ''` + "\n    ${s}\n      ${s}\n  " + `'') "ab" (builtins.genList (i: i) 60)`, ""},
		{"string-lists", "toString of lists", letNest + `toString (builtins.foldl' (x: _: [ x x ]) "abcd" (builtins.genList (i: i) 30))`, ""},
		{"string-separators", "concatStringsSep", letText + `builtins.concatStringsSep long (builtins.genList (_: "") 100000)`, ""},
		{"string-replace", "replaceStrings", letText + `builtins.replaceStrings [ "" ] [ (rep 10000 "x") ] long`, ""},
		{"string-replace-table", "tables of replaceStrings", `builtins.replaceStrings (builtins.genList (i: "k${toString i}") 100000) (builtins.genList (i: "v") 100000) "k1"`, ""},
		{"string-split", "split", letText + `builtins.split "(a)(b)(c)(d)" long`, ""},
		{"string-versions", "splitVersion", letText + `builtins.splitVersion (rep 4000000 "1.")`, ""},
		{"string-compare", "compareVersions", letText + `let v = rep 2000000 "1."; in builtins.genList (_: builtins.compareVersions v v) 1000`, ""},
		{"string-hash", "hashString", letText + `builtins.genList (i: builtins.hashString "sha512" (long + toString i)) 1000`, ""},
		{"string-substrings", "substring", letText + `builtins.genList (i: builtins.substring i 1000000 long) 100000`, ""},
		{"string-symbols", "names", `builtins.listToAttrs (builtins.genList (i: { name = "name ${toString i} and more"; value = i; }) 100000)`, ""},
		{"string-names-long", "names", letText + `builtins.foldl' (n: i: n + builtins.length (builtins.attrNames { ${long + toString i} = 1; })) 0 (builtins.genList (i: i) 1000)`, ""},
		{"string-missing", "names that are looked up", letText + `builtins.foldl' (n: i: n + (if builtins.hasAttr (long + toString i) { } then 1 else 0)) 0 (builtins.genList (i: i) 1000)`, ""},

		// Data that is read.
		{"from-json", "values of fromJSON", letText + `builtins.fromJSON ("[" + rep 2000000 "[]," + "1]")`, ""},
		{"from-json-deep", "stack of fromJSON", letText + `builtins.fromJSON (rep 2000000 "[")`, ""},
		{"from-json-names", "names of fromJSON", letText + `builtins.fromJSON ("{" + builtins.concatStringsSep "," (builtins.genList (i: "\"k${toString i}\":{}") 300000) + "}")`, ""},
		{"from-json-escapes", "strings of fromJSON", letText + `builtins.fromJSON ("\"" + rep 1000000 "\\u00e9" + "\"")`, ""},
		{"from-toml", "values of fromTOML", letText + `builtins.fromTOML ("a = [" + rep 2000000 "[]," + "]")`, ""},
		{"from-toml-deep", "stack of fromTOML", letText + `builtins.fromTOML ("a = " + rep 2000000 "[")`, ""},
		{"from-toml-tables", "tree of fromTOML", `builtins.fromTOML (builtins.concatStringsSep "\n" (builtins.genList (i: "[t${toString i}.a.b.c]") 300000))`, ""},
		{"from-toml-dots", "tree of fromTOML", letText + `builtins.fromTOML (rep 500000 "a." + "b = 1")`, ""},

		// Regular expressions.
		{"regex-cache", "compiled patterns", `builtins.foldl' (n: i: builtins.seq (builtins.match "(a|b${toString i}){1,100}" "a") n) 0 (builtins.genList (i: i) 100000)`, ""},
		{"regex-long", "pattern", letText + `builtins.match (rep 400000 "(a|b)") "a"`, ""},
		{"regex-repeat", "compiled pattern", `builtins.match "((a{1,100}){1,100}){1,100}" "a"`, ""},
		{"regex-rows", "automaton", letText + `builtins.match "(x?){8000}y" (rep 8000 "x")`, ""},
		{"regex-rows-many", "automata of many patterns", letText + `builtins.genList (i: builtins.match "(x?){900}y${toString i}" (rep 900 "x")) 1000`, ""},
		{"regex-groups", "groups", letText + `builtins.match (rep 10000 "(a?)") (rep 10000 "a")`, ""},
		{"regex-backtrack", "time", letText + `builtins.match "((a*)*)*b" (rep 3000000 "a")`, ""},
		{"regex-error", "message", letText + `builtins.match (rep 400000 "abcdefg" + "(") ""`, AsReport},

		// Lists and sets.
		{"list-nest", "lists", `let f = l: f (l ++ l); in f [ 1 2 3 ]`, ""},
		{"list-gen", "lists", `builtins.genList (i: i) 1000000000`, ""},
		{"list-concat-map", "lists", `builtins.concatMap (x: builtins.genList (i: x) 10000) (builtins.genList (i: i) 100000)`, ""},
		{"list-sort", "sort", `builtins.sort (a: b: a > b) (builtins.genList (i: i) 100000)`, ""},
		{"list-group", "groupBy", `builtins.groupBy (i: "g${toString i}") (builtins.genList (i: i) 100000)`, ""},
		{"list-closure", "table of genericClosure", `builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: [ { key = x.key + 1; } { key = x.key + 2; } ]; }`, ""},
		{"list-closure-text", "keys of genericClosure", `builtins.genericClosure { startSet = [ { key = "a"; } ]; operator = x: [ { key = x.key + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; } ]; }`, ""},
		{"set-update", "sets", `builtins.foldl' (s: i: s // { "n${toString i}" = i; }) { } (builtins.genList (i: i) 100000)`, ""},
		{"set-zip", "zipAttrsWith", `builtins.zipAttrsWith (n: v: v) (builtins.genList (i: { "a${toString i}" = 1; b = 2; }) 100000)`, ""},
		{"equal", "time of ==", letNest + `f 40 == builtins.foldl' (x: _: [ x x ]) [ ] (builtins.genList (i: i) 40)`, ""},
		{"deep-seq", "table of deepSeq", `let f = n: [ n (f (n + 1)) ]; in builtins.deepSeq (builtins.genList (i: f i) 1000) 1`, ""},

		// Nesting.
		{"nest-text", "stack of the parser", letText + `import (builtins.toFile "f.nix" (rep 400000 "["))`, ""},
		{"nest-let", "stack of the parser", letText + `import (builtins.toFile "f.nix" (rep 200000 "let a = "))`, ""},
		{"nest-if", "stack of the parser", letText + `import (builtins.toFile "f.nix" (rep 200000 "if a then "))`, ""},
		{"nest-string", "stack of the parser", letText + `import (builtins.toFile "f.nix" (rep 200000 "\"\${"))`, ""},
		{"nest-plus", "tree", letText + `import (builtins.toFile "f.nix" (rep 2000000 "1+" + "1"))`, ""},
		{"nest-value", "stack of ==", letDeep + `f 1000000 == f 1000000`, ""},
		{"nest-thunks", "stack of forcing", `builtins.foldl' (a: i: { v = a.v + i; }) { v = 0; } (builtins.genList (i: i) 100000)`, ""},
		{"nest-calls", "stack of calls", `let f = n: 1 + f (n + 1); in f 0`, ""},

		// Errors.
		{"error-message", "message", letText + `throw (rep 10 long)`, AsReport},
		{"error-context", "frames", `let f = n: builtins.addErrorContext "at ${toString n}, and more text about that" (f (n + 1)); in f 0`, AsReport},
		{"error-caught", "failures that are kept", `let f = n: if n == 0 then throw "x" else 1 + f (n - 1); in builtins.genList (i: builtins.tryEval (f 1000)) 100000`, ""},
		{"error-kept", "failures that thunks stand for", `let l = builtins.genList (i: throw "no ${toString i}") 100000; in builtins.all (x: !(builtins.tryEval x).success) l`, ""},
		{"error-suggestions", "time of suggestions", `(builtins.listToAttrs (builtins.genList (i: { name = "name${toString i}"; value = i; }) 100000)).nmae`, AsReport},
		{"error-type", "value in a message", letSets + `1 + f 25`, AsReport},
		{"error-warnings", "text of trace", letText + `builtins.genList (i: builtins.trace long i) 100000`, ""},

		// The store.
		{"store-texts", "texts of the store", letText + `builtins.genList (i: builtins.toFile "f${toString i}" (long + toString i)) 1000`, ""},
		{"store-files", "files of the store", `builtins.genList (i: builtins.toFile "f${toString i}" "x${toString i}") 100000`, ""},
		{"store-derivations", "texts of derivations", letDrv + `builtins.genList (i: (d { n = i; }).drvPath) 100000`, ""},
		{"store-environment", "text of a derivation", letText + letDrv + `(d { a = long; b = long; c = long; }).drvPath`, ""},
		{"store-arguments", "text of a derivation", letText + letDrv + `(d { args = builtins.genList (_: long) 100; }).drvPath`, ""},
		{"store-structured", "JSON of a derivation", letNest + letDrv + `(d { __structuredAttrs = true; a = f 25; }).drvPath`, ""},
		{"store-inputs", "contexts", letDrv + `builtins.foldl' (x: i: d { a = x; n = i; deps = builtins.genList (_: x) 100; }) "" (builtins.genList (i: i) 100000)`, ""},
		{"store-outputs", "outputs of a derivation", letDrv + `(d { outputs = builtins.genList (i: "o${toString i}") 100000; }).drvPath`, ""},
		{"store-contexts", "contexts", `builtins.foldl' (s: i: s + builtins.toFile "f" "x${toString i}") "" (builtins.genList (i: i) 100000)`, ""},
		{"store-placeholders", "placeholder", letText + `builtins.genList (i: builtins.placeholder (long + toString i)) 1000`, ""},
		{"flake-reference", "flake references", letText + `builtins.parseFlakeRef ("github:a/b?" + rep 500000 "a=b&")`, ""},
		{"flake-text", "flake references", letText + `builtins.flakeRefToString { type = "github"; owner = long; repo = long; ref = long; }`, ""},
	}
}
