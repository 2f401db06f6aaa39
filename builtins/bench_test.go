package builtins_test

// This file defines the benchmarks of builtins with the arguments that they
// usually have.

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// benchCases are functions of nothing that matters, which are called again and
// again. What they refer to was evaluated before.
var benchCases = []struct{ name, src string }{
	{"any", `_: builtins.any builtins.isNull ints`},
	{"attrNames", `_: builtins.attrNames set`},
	{"attrValues", `_: builtins.attrValues set`},
	{"attrNamesMany", `_: builtins.attrNames many`},
	{"attrValuesMany", `_: builtins.attrValues many`},
	{"catAttrs", `_: builtins.catAttrs "value" pairs`},
	{"compareVersions", `_: builtins.compareVersions "1.2.3pre4" "1.2.3pre5"`},
	{"concatLists", `_: builtins.concatLists lists`},
	{"concatMap", `_: builtins.concatMap (x: x) lists`},
	{"concatStringsSep", `_: builtins.concatStringsSep ":" names`},
	{"concatStringsSepShort", `_: builtins.concatStringsSep ":" [ "a" "b" "c" ]`},
	{"derivation", `_: builtins.derivationStrict (attrs // { name = "x"; system = "y"; builder = "z"; })`},
	{"elem", `_: builtins.elem "none" names`},
	{"filter", `_: builtins.filter builtins.isNull ints`},
	{"fromJSON", `_: builtins.fromJSON json`},
	{"fromTOML", `_: builtins.fromTOML toml`},
	{"genList", `_: builtins.genList (i: i) 1000`},
	{"genericClosure", `_: builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: if x.key < 300 then [ { key = x.key + 1; } { key = 7; } ] else [ ]; }`},
	{"groupBy", `_: builtins.groupBy (x: x) names`},
	{"hashString", `_: builtins.hashString "sha256" "some text"`},
	{"hashStringLong", `_: builtins.hashString "sha256" json`},
	{"intersectAttrs", `_: builtins.intersectAttrs set attrs`},
	{"listToAttrs", `_: builtins.listToAttrs pairs`},
	{"listToAttrsShort", `_: builtins.listToAttrs short`},
	{"map", `_: map builtins.isNull ints`},
	{"mapAttrs", `_: builtins.mapAttrs (n: v: v) set`},
	{"match", `_: builtins.match "([a-z]+)-([0-9.]+)" "hello-1.2"`},
	{"pathExistsDeep", `_: builtins.pathExists /a/b/c/d/e/f/g/file`},
	{"readFileSmall", `_: builtins.readFile /a/b/c/d/e/f/g/file`},
	{"toStringNested", `_: toString nested`},
	{"partition", `_: builtins.partition builtins.isNull ints`},
	{"removeAttrs", `_: removeAttrs set [ "name1" "name2" "x" ]`},
	{"replaceStrings", `_: builtins.replaceStrings [ "$" "\"" "\\" ] [ "\\$" "\\\"" "\\\\" ] "some text with \"quotes\" and $more"`},
	{"replaceStringsOne", `_: builtins.replaceStrings [ "name" ] [ "n" ] json`},
	{"sortInts", `_: builtins.sort builtins.lessThan mixed`},
	{"sortNames", `_: builtins.sort (a: b: a < b) names`},
	{"split", `_: builtins.split "[.-]" "1.2.3-4.5.6"`},
	{"splitVersion", `_: builtins.splitVersion "1.2.3pre4"`},
	{"substring", `_: builtins.substring 2 3 "abcdefgh"`},
	{"tail", `_: builtins.tail ints`},
	{"toFile", `_: builtins.toFile "x" json`},
	{"toJSON", `_: builtins.toJSON value`},
	{"toJSONShort", `_: builtins.toJSON { a = 1; b = "x"; }`},
	{"toXML", `_: builtins.toXML value`},
	{"zipAttrsWith", `_: builtins.zipAttrsWith (n: vs: vs) [ set attrs set ]`},
}

const benchPrelude = `
let
  ints = builtins.genList (i: i) 1000;
  mixed = map (i: i * 7919 - i / 10 * 10 * 7919 + i) ints;
  names = map (i: "name${toString (i * 37)}") ints;
  lists = map (i: [ i (i + 1) ]) ints;
  pairs = map (name: { inherit name; value = name; }) names;
  short = builtins.genList (builtins.elemAt pairs) 5;
  set = builtins.listToAttrs pairs;
  many = builtins.listToAttrs (builtins.genList (i: { name = "name${toString (i * 37)}"; value = i; }) 50000);
  nested = map (xs: [ xs [ xs [ "x" ] ] ]) lists;
  attrs = builtins.listToAttrs (builtins.genList (builtins.elemAt pairs) 20);
  value = map (name: { inherit name; list = [ 1 2.5 true null ]; sub = { a = "x\n"; b = { }; }; }) names;
  json = builtins.toJSON value;
  toml = builtins.concatStringsSep "\n" (map (name: "[[t]]\nname = \"${name}\"\nlist = [ 1, 2, \"x\" ]") names);
in
builtins.deepSeq [ ints mixed names lists pairs short set many nested attrs value json toml ] (`

func BenchmarkBuiltins(b *testing.B) {
	for _, bench := range benchCases {
		b.Run(bench.name, func(b *testing.B) {
			st := memory.View("", world.FromFS(fstest.MapFS{"a/b/c/d/e/f/g/file": {Data: []byte("small")}}, nil))
			ev, err := core.New(core.Options{Builtins: builtins.All(st), Copier: st, Host: st.Host()})
			require.NoError(b, err)
			require.NoError(b, ev.Run(context.Background(), func(c *core.Call) error {
				fn, err := c.EvalText("«string»", benchPrelude+bench.src+")", "/")
				if err != nil {
					return err
				}
				b.ReportAllocs()
				for b.Loop() {
					if _, err := c.Apply1(fn, heap.Lazy(heap.NullValue)); err != nil {
						return err
					}
				}
				return nil
			}))
		})
	}
}
