package builtins

// This file defines which argument of a builtin is forced first.

import "github.com/firn-lang/firn/eval/core"

// earlyArguments has the builtins that force one of their arguments before
// they do anything else, by the number of that argument, counted from 1. The
// evaluator then makes no thunk of it.
var earlyArguments = [...][]string{
	1: {
		"isNull", "isFunction", "isInt", "isFloat", "isString", "isBool", "isPath", "isAttrs", "isList", "typeOf",
		"length", "head", "tail", "attrNames", "attrValues", "hasAttr", "getAttr", "catAttrs", "removeAttrs",
		"intersectAttrs", "listToAttrs", "functionArgs", "concatLists", "any", "all", "foldl'", "concatMap", "partition",
		"groupBy", "concatStringsSep", "stringLength", "toString", "match", "split", "substring", "replaceStrings",
		"compareVersions", "parseDrvName", "splitVersion", "hasContext", "getContext", "unsafeDiscardStringContext",
		"seq", "throw", "abort", "add", "sub", "mul", "div", "lessThan", "bitAnd", "bitOr", "bitXor", "ceil", "floor",
		"baseNameOf", "dirOf", "toJSON", "fromJSON", "import", "genericClosure", "pathExists", "readFile", "readDir",
	},
	2: {"elemAt", "map", "filter", "elem", "sort", "genList", "mapAttrs"},
}

func markEarly(all []core.Builtin) {
	early := map[string]int{}
	for i, names := range earlyArguments {
		for _, name := range names {
			early[name] = i
		}
	}
	for i := range all {
		all[i].Early = early[all[i].Name]
	}
}
