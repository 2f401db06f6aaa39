package hostile

// This file defines random damage. That of package gen makes syntax errors
// mostly, that of this file type errors, and other bombs.

import (
	"regexp"

	"github.com/firn-lang/firn/corpus/gen"
)

// mutate returns the text with a little damage.
func (g *generator) mutate(src string) string {
	for again := true; again; again = g.IntN(3) == 0 {
		switch g.IntN(6) {
		case 0, 1:
			src = gen.Mutate(g.Rand, src)
		case 2, 3:
			src = g.changeOne(builtinPattern, src, func() string { return "builtins." + pick(g, otherBuiltins) })
		case 4:
			src = g.changeOne(numberPattern, src, func() string { return pick(g, otherNumbers) })
		default:
			src = g.changeOne(operatorPattern, src, func() string { return " " + pick(g, otherOperators) + " " })
		}
	}
	return src
}

// changeOne replaces one match of the pattern, if there is any.
func (g *generator) changeOne(pattern *regexp.Regexp, src string, change func() string) string {
	matches := pattern.FindAllStringIndex(src, -1)
	if len(matches) == 0 {
		return src
	}
	m := pick(g, matches)
	return src[:m[0]] + change() + src[m[1]:]
}

var (
	builtinPattern  = regexp.MustCompile(`builtins\.[a-zA-Z']+|\btoString\b|\bmap\b`)
	numberPattern   = regexp.MustCompile(`\b[0-9]+\b`)
	operatorPattern = regexp.MustCompile(` (?:[-+*/<>]|\+\+|//|==|!=|&&|\|\||<=|>=|->) `)
)

// otherBuiltins has none that could find a network.
var otherBuiltins = []string{
	"abort", "add", "addErrorContext", "all", "any", "appendContext", "attrNames", "attrValues", "baseNameOf", "bitAnd", "bitOr", "bitXor",
	"catAttrs", "ceil", "compareVersions", "concatLists", "concatMap", "concatStringsSep", "convertHash", "deepSeq", "derivation", "dirOf", "div",
	"elem", "elemAt", "filter", "filterSource", "findFile", "floor", "foldl'", "fromJSON", "fromTOML", "functionArgs", "genList", "genericClosure",
	"getAttr", "getContext", "getEnv", "groupBy", "hasAttr", "hasContext", "hashFile", "hashString", "head", "import", "intersectAttrs", "isAttrs",
	"isFunction", "length", "lessThan", "listToAttrs", "map", "mapAttrs", "match", "mul", "nixVersion", "parseDrvName", "partition", "path",
	"pathExists", "placeholder", "readDir", "readFile", "readFileType", "removeAttrs", "replaceStrings", "scopedImport", "seq", "sort", "split",
	"splitVersion", "storePath", "stringLength", "sub", "substring", "tail", "throw", "toFile", "toJSON", "toPath", "toString", "toXML", "trace",
	"tryEval", "typeOf", "unsafeDiscardStringContext", "unsafeGetAttrPos", "zipAttrsWith", "noSuchBuiltin",
}

var otherNumbers = []string{
	"0", "1", "(-1)", "2", "1000000000", "9223372036854775807", "(-9223372036854775807 - 1)", "0.5", "1.0e308", "(1.0e308 * 10)", "null", `"1"`, "[ ]", "x",
}

var otherOperators = []string{"+", "-", "*", "/", "<", ">", "++", "//", "==", "!=", "&&", "||", "<=", ">=", "->", "", ".", "?"}
