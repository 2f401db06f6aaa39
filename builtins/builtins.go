package builtins

// This file defines the list of all builtins.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
)

// All returns the declarations of all builtins, in the order in which the
// reference defines them: it decides the order of their symbols, which can be
// observed. What they make goes to st, which is also what the evaluator has to
// have as its store. What they remember between calls besides, compiled
// patterns, is bounded and may be used by several goroutines.
func All(st *store.Store) []core.Builtin { return inOrder(declarations(st)) }

// WithNative is All, and the names that the reference has when the setting
// allow-unsafe-native-code-during-evaluation is on.
func WithNative(st *store.Store) []core.Builtin {
	return inOrder(append(declarations(st), nativeBuiltins(st)...))
}

func declarations(st *store.Store) []core.Builtin {
	return slices.Concat(
		listBuiltins(), attrBuiltins(), numberBuiltins(), typeBuiltins(), controlBuiltins(), stringBuiltins(),
		versionBuiltins(), contextBuiltins(st.Paths()), fileBuiltins(st), derivationBuiltins(st), jsonBuiltins(),
		tomlBuiltins(), xmlBuiltins(), fetchBuiltins(st), importBuiltins(st), constantBuiltins(st),
	)
}

// inOrder sorts the declarations as the reference has them.
func inOrder(all []core.Builtin) []core.Builtin {
	places := map[string]int{}
	for i, name := range strings.Fields(order) {
		places[name] = i
	}
	place := func(name string) int {
		if i, ok := places[name]; ok {
			return i
		}
		return len(places)
	}
	slices.SortStableFunc(all, func(a, b core.Builtin) int {
		return cmp.Compare(place(a.Name), place(b.Name))
	})
	markEarly(all)
	return all
}

// order is the order in which the reference 2.34 defines its builtins, with
// all experimental features.
const order = `
builtins true false null currentTime currentSystem nixVersion storeDir langVersion importNative exec traceVerbose
nixPath scopedImport import typeOf isNull isFunction isInt isFloat isString isBool isPath genericClosure break
abort throw addErrorContext ceil floor tryEval getEnv seq deepSeq trace warn derivationStrict placeholder toPath
storePath pathExists baseNameOf dirOf readFile findFile hashFile readFileType readDir outputOf toXML toJSON
fromJSON toFile filterSource path attrNames attrValues getAttr unsafeGetAttrPos hasAttr isAttrs removeAttrs
listToAttrs intersectAttrs catAttrs functionArgs mapAttrs zipAttrsWith isList elemAt head tail map filter elem
concatLists length foldl' any all genList sort partition groupBy concatMap add sub mul div bitAnd bitOr bitXor
lessThan toString substring stringLength hashString convertHash match split concatStringsSep replaceStrings
parseDrvName compareVersions splitVersion unsafeDiscardStringContext hasContext unsafeDiscardOutputDependency
addDrvOutputDependencies getContext appendContext fetchClosure fetchMercurial fetchTree fetchFinalTree fetchurl
fetchTarball fetchGit fromTOML getFlake parseFlakeRef flakeRefToString derivation
`
