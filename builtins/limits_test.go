package builtins_test

// This file defines the tests of builtins that have much to do: that they can be
// stopped all the time, and ask for the memory they take.

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// limitPrelude defines what the cases below have much of. It is evaluated before.
const limitPrelude = `
let
  inherit (builtins) genList concatStringsSep listToAttrs;
  n = 10000;
  repeat = text: times: concatStringsSep "" (genList (_: text) times);
  ints = genList (i: i) n;
  mixed = map (i: i * 7919 - i / 10 * 10 * 7919 + i) ints;
  texts = map (i: "t${toString i}") ints;
  pairs = map (name: { inherit name; value = name; }) texts;
  same = genList (_: { name = "a"; value = 1; a = 2; }) n;
  lists = map (i: [ i ]) ints;
  empty = genList (_: [ ]) n;
  set = listToAttrs pairs;
  half = listToAttrs (genList (i: builtins.elemAt pairs (2 * i)) (n / 2));
  sets = genList (i: { ${"t${toString i}"} = 1; a = 2; }) n;
  file = text: builtins.unsafeDiscardStringContext (builtins.toFile "x" text);
  context = s: builtins.appendContext s (listToAttrs (genList (i: {
    name = file (toString i);
    value = { path = true; };
  }) 2000));
  withContext = context "a";
  long = repeat "0123456789abcdef" 100000;
  zeros = repeat "0" 1000000;
  slashes = repeat "/" 1000000;
  lines = repeat "a b\n" 100000;
  dots = repeat "1." 100000;
  json = builtins.toJSON pairs;
  object = builtins.toJSON set;
  nested = repeat "[" 50000 + repeat "]" 50000;
  toml = concatStringsSep "\n" (map (t: "${t} = [ 1, \"x\" ]") texts);
  drv = attrs: builtins.derivationStrict ({ name = "x"; system = "y"; builder = "z"; } // attrs);
  outputs = genList (i: "o${toString i}") 3000;
  input = drv { inherit outputs; };
  path = "/" + repeat "a/" 5000;
in
builtins.deepSeq [ ints mixed texts pairs same lists empty set half sets withContext long zeros slashes lines dots json object nested toml path input outputs ]
`

// limitCases are functions of nothing that matters; steps is how many the call
// takes at least.
var limitCases = []struct {
	name, src string
	steps     int
}{
	{"attrNames", `_: builtins.attrNames set`, 125},
	{"attrValues", `_: builtins.attrValues set`, 125},
	{"baseNameOf", `_: baseNameOf long`, 125},
	{"catAttrs", `_: builtins.catAttrs "value" pairs`, 125},
	{"catAttrs none", `_: builtins.catAttrs "none" pairs`, 125},
	{"compareVersions", `_: builtins.compareVersions dots dots`, 125},
	{"compareVersions digits", `_: builtins.compareVersions zeros zeros`, 62},
	{"compareVersions separators", `_: builtins.compareVersions (builtins.substring 0 (-1) slashes) slashes`, 62},
	{"concatLists", `_: builtins.concatLists lists`, 125},
	{"concatLists empty", `_: builtins.concatLists empty`, 125},
	{"concatLists long", `_: builtins.concatLists (builtins.genList (_: ints) 100)`, 625},
	{"concatMap", `_: builtins.concatMap (x: x) lists`, 1250},
	{"concatStringsSep", `_: builtins.concatStringsSep "," texts`, 125},
	{"concatStringsSep long", `_: builtins.concatStringsSep long [ "a" "b" ]`, 125},
	{"dirOf", `_: dirOf long`, 125},
	{"dirOf slashes", `_: dirOf (/. + "a${slashes}")`, 1},
	{"derivation env", `_: drv half`, 625},
	{"derivation long", `_: drv { inherit long; }`, 625},
	{"derivation args", `_: drv { args = texts; }`, 125},
	{"derivation outputs", `_: drv { inherit outputs; }`, 375},
	{"derivation outputs text", `_: drv { outputs = builtins.substring 0 200000 lines + "x"; }`, 125},
	{"derivation inputs", `_: drv { x = builtins.attrValues input; }`, 375},
	{"derivation sources", `_: drv { x = withContext; }`, 250},
	{"derivation structured", `_: drv { __structuredAttrs = true; inherit set; }`, 1250},
	{"derivation json", `_: drv { __json = object; }`, 1250},
	{"elem", `_: builtins.elem null ints`, 125},
	{"filter", `_: builtins.filter (x: false) ints`, 125},
	{"fromJSON", `_: builtins.fromJSON json`, 625},
	{"fromJSON object", `_: builtins.fromJSON object`, 625},
	{"fromJSON string", `_: builtins.fromJSON ''"${long}"''`, 625},
	{"fromJSON number", `_: builtins.fromJSON "1.${zeros}"`, 625},
	{"fromJSON nested", `_: builtins.fromJSON nested`, 12500},
	{"fromTOML", `_: builtins.fromTOML toml`, 1250},
	{"fromTOML string", `_: builtins.fromTOML ''a = "${long}"''`, 625},
	{"genList", `_: builtins.genList (i: i) 400000`, 625},
	{"genericClosure", `_: builtins.genericClosure { startSet = map (key: { inherit key; }) mixed; operator = x: [ ]; }`, 5000},
	{"genericClosure same", `_: builtins.genericClosure { startSet = map (key: { key = 1; }) mixed; operator = x: [ ]; }`, 5000},
	{"getContext", `_: builtins.getContext withContext`, 250},
	{"groupBy", `_: builtins.groupBy (x: x) texts`, 5000},
	{"hashString", `_: builtins.hashString "sha256" long`, 625},
	{"intersectAttrs", `_: builtins.intersectAttrs set half`, 125},
	{"intersectAttrs other", `_: builtins.intersectAttrs half set`, 125},
	{"listToAttrs", `_: builtins.listToAttrs pairs`, 625},
	{"listToAttrs same", `_: builtins.listToAttrs same`, 125},
	{"map", `_: map (x: x) ints`, 125},
	{"mapAttrs", `_: builtins.mapAttrs (n: v: v) set`, 125},
	{"match", `_: builtins.match "(a|[0-9a-f])*g" (builtins.substring 0 200000 long)`, 125},
	{"match literal", `_: builtins.match ".*xyz.*" long`, 125},
	{"match pattern", `_: builtins.match "[${builtins.substring 0 500000 zeros}" ""`, 1250},
	{"match clones", `_: builtins.match "((a{30}){30}){30}(" ""`, 12},
	{"parseDrvName", `_: builtins.parseDrvName zeros`, 625},
	{"partition", `_: builtins.partition (x: true) ints`, 5000},
	{"pathExists", `_: builtins.pathExists path`, 1250},
	{"placeholder", `_: placeholder long`, 625},
	{"readFile", `_: builtins.readFile (file long)`, 125},
	{"removeAttrs", `_: removeAttrs set texts`, 125},
	{"removeAttrs one", `_: removeAttrs set [ "t1" ]`, 125},
	{"replaceStrings", `_: builtins.replaceStrings [ "a" ] [ "b" ] lines`, 1250},
	{"replaceStrings many", `_: builtins.replaceStrings texts texts "abcdefghijkltttttttttttttttttttttt"`, 1250},
	{"replaceStrings none", `_: builtins.replaceStrings [ "x" "y" ] [ "" "" ] long`, 125},
	{"replaceStrings long", `_: builtins.replaceStrings [ long ] [ "" ] (long + long)`, 125},
	{"replaceStrings empty", `_: builtins.replaceStrings [ "" ] [ "-" ] lines`, 1250},
	{"sort ints", `_: builtins.sort builtins.lessThan mixed`, 1250},
	{"sort sorted", `_: builtins.sort builtins.lessThan ints`, 125},
	{"split", `_: builtins.split " " lines`, 1250},
	{"split none", `_: builtins.split "x+" long`, 125},
	{"splitVersion", `_: builtins.splitVersion dots`, 625},
	{"substring", `_: builtins.substring 1 (-1) long`, 125},
	{"tail", `_: builtins.tail (builtins.concatLists [ ints ints ])`, 12},
	{"throw", `_: builtins.tryEval (throw long)`, 0},
	{"toFile", `_: builtins.toFile "x" long`, 0},
	{"toJSON", `_: builtins.toJSON pairs`, 5000},
	{"toJSON string", `_: builtins.toJSON long`, 625},
	{"toPath", `_: builtins.toPath path`, 0},
	{"toXML", `_: builtins.toXML pairs`, 5000},
	{"toXML string", `_: builtins.toXML long`, 625},
	{"trace", `_: builtins.trace long null`, 625},
	{"warn", `_: builtins.warn lines null`, 1250},
	{"zipAttrsWith", `_: builtins.zipAttrsWith (n: vs: vs) sets`, 1250},
	{"unsafeDiscardStringContext", `_: builtins.unsafeDiscardStringContext (long + withContext)`, 125},
}

// limitEvaluator returns an evaluator and the functions of the cases.
func limitEvaluator(t *testing.T, srcs []string) (*core.Evaluator, core.Value) {
	st := memory.View("", world.None())
	ev, err := core.New(core.Options{Builtins: builtins.All(st), Copier: st, Host: st.Host(), Stderr: io.Discard})
	require.NoError(t, err)
	fns, err := ev.EvalString(context.Background(), "«string»", limitPrelude+"[\n("+strings.Join(srcs, ")\n(")+")\n]", "/")
	require.NoError(t, err)
	require.NoError(t, ev.Run(context.Background(), func(c *core.Call) error { return c.DeepForce(c.Lazy(fns)) }))
	return ev, fns
}

// call calls function i of fns.
func call(ev *core.Evaluator, fns core.Value, i int, limits core.Limits) error {
	return ev.RunWithin(context.Background(), &limits, func(c *core.Call) error {
		fn, err := c.Force(c.Heap().Elems(fns.Heap())[i])
		if err != nil {
			return err
		}
		_, err = c.Apply1(fn, heap.Lazy(heap.NullValue))
		return err
	})
}

// met returns which limit an error is about.
func met(err error) core.Limit {
	var e *core.Error
	if errors.As(err, &e) && e.Kind == core.ErrLimit {
		return e.Limit
	}
	return core.NoLimit
}

// TestSteps calls builtins that have much to do with fewer and fewer steps: they
// count all that they do, as they do it, so they end when there are no more.
func TestSteps(t *testing.T) {
	var srcs []string
	for _, c := range limitCases {
		srcs = append(srcs, c.src)
	}
	ev, fns := limitEvaluator(t, srcs)
	for i, c := range limitCases {
		t.Run(c.name, func(t *testing.T) {
			// There may be an error, but not before all was done.
			want := call(ev, fns, i, core.Limits{})
			require.Equal(t, core.NoLimit, met(want), "%v", want)
			least := uint64(1)
			for met(call(ev, fns, i, core.Limits{Steps: least})) == core.LimitSteps {
				least *= 2
				require.Less(t, least, uint64(1<<40))
			}
			// What is cached may be there now.
			assert.GreaterOrEqual(t, 2*int(least), c.steps)
			for steps := least / 2; steps > 0; steps /= 8 {
				assert.Equal(t, core.LimitSteps, met(call(ev, fns, i, core.Limits{Steps: steps})), steps)
			}
			err := call(ev, fns, i, core.Limits{})
			assert.Equal(t, want == nil, err == nil, "it works again: %v", err)
		})
	}
}

// TestInterrupted cancels the context in the middle, again and again. A builtin that
// does not notice goes on for ever.
func TestInterrupted(t *testing.T) {
	var srcs []string
	for _, c := range limitCases {
		srcs = append(srcs, c.src)
	}
	ev, fns := limitEvaluator(t, srcs)
	for i, c := range limitCases {
		ctx, cancel := context.WithCancel(context.Background())
		err := ev.Run(ctx, func(call *core.Call) error {
			fn, err := call.Force(call.Heap().Elems(fns.Heap())[i])
			for n := 0; err == nil; n++ {
				if n == 0 {
					go cancel()
				}
				_, err = call.Apply1(fn, heap.Lazy(heap.NullValue))
				var e *core.Error
				if errors.As(err, &e) && e.Kind != core.ErrInterrupted {
					err = nil // it is an error anyway
				}
			}
			return err
		})
		cancel()
		var e *core.Error
		require.ErrorAs(t, err, &e, c.name)
		assert.Equal(t, core.ErrInterrupted, e.Kind, c.name)
		assert.ErrorIs(t, err, context.Canceled, c.name)
	}
}

// memoryCases need far more memory than what they are given is in the heap.
var memoryCases = []struct{ name, src string }{
	{"concatLists", `_: let twice = x: builtins.concatLists [ x x ]; in builtins.foldl' (x: _: twice x) ints (builtins.genList (i: i) 14)`},
	{"concatStringsSep", `_: builtins.concatStringsSep long (builtins.genList (_: "") 100)`},
	{"fromJSON", `_: builtins.fromJSON "[${builtins.concatStringsSep "," (builtins.genList (_: "[]") 2000000)}]"`},
	{"fromJSON nested", `_: builtins.fromJSON (builtins.concatStringsSep "" (builtins.genList (_: "[") 2000000))`},
	{"fromTOML", `_: builtins.fromTOML "a = [${builtins.concatStringsSep "" (builtins.genList (_: "1,") 2000000)}]"`},
	{"genList", `_: builtins.genList (i: i) 100000000`},
	{"match", `_: builtins.match "((a|[0-9a-f])(b|[0-9a-f]))*" long`},
	{"replaceStrings", `_: builtins.replaceStrings [ "" ] [ long ] long`},
	{"replaceStrings all", `_: builtins.replaceStrings [ "0" ] [ lines ] zeros`},
	{"split", `_: builtins.split "" long`},
	{"splitVersion", `_: builtins.splitVersion (builtins.concatStringsSep "." (builtins.genList toString 4000000))`},
	{"toJSON", `_: builtins.toJSON (builtins.foldl' (x: _: [ x x ]) "text" (builtins.genList (i: i) 40))`},
	{"toJSON strings", `_: builtins.toJSON (builtins.genList (_: long) 100)`},
	{"toJSON within", `_: let f = i: if i == 0 then "" else builtins.toJSON [ long (f (i - 1)) ]; in f 100`},
	{"toXML", `_: builtins.toXML (builtins.foldl' (x: _: [ x x ]) "text" (builtins.genList (i: i) 40))`},
	{"toXML strings", `_: builtins.toXML (builtins.genList (_: long) 100)`},
	{"toString", `_: toString (builtins.foldl' (x: _: [ x x ]) "text" (builtins.genList (i: i) 40))`},
	{"zipAttrsWith", `_: builtins.zipAttrsWith (n: vs: vs) (builtins.genList (_: set) 1000)`},
}

// TestMemory calls builtins that take memory outside of the heap, or at once.
func TestMemory(t *testing.T) {
	var srcs []string
	for _, c := range memoryCases {
		srcs = append(srcs, c.src)
	}
	ev, fns := limitEvaluator(t, srcs)
	for i, c := range memoryCases {
		t.Run(c.name, func(t *testing.T) {
			err := call(ev, fns, i, core.Limits{Memory: 48 << 20})
			assert.Equal(t, core.LimitMemory, met(err), "%.200v", err)
		})
	}
}

// TestLongList makes a list that is longer than anything else has to be.
func TestLongList(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 700 MB")
	}
	ev, fns := limitEvaluator(t, []string{`_: builtins.length (builtins.genList (i: i) 33554432) == 33554432`})
	require.NoError(t, ev.Run(context.Background(), func(c *core.Call) error {
		fn, err := c.Force(c.Heap().Elems(fns.Heap())[0])
		require.NoError(t, err)
		v, err := c.Apply1(fn, heap.Lazy(heap.NullValue))
		assert.Equal(t, heap.True, v)
		return err
	}))
}
