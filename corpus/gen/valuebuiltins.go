package gen

// This file defines the calls of builtins in the programs of ValueProgram.

import (
	"fmt"
	"slices"
	"strings"
)

// A signature is the type of a builtin. Variables in it stand for types that
// are the same everywhere in it.
type signature struct {
	name   string // and perhaps what is selected from the result
	weight int
	args   []*typ
	result *typ
}

var (
	anyA    = &typ{kind: kindVar, number: 1}
	anyB    = &typ{kind: kindVar, number: 2}
	number  = &typ{kind: kindVar, number: 3, only: []*typ{typeInt, typeInt, typeFloat}}
	ordered = &typ{kind: kindVar, number: 4, only: []*typ{typeInt, typeString, typeFloat, typePath, listType(typeInt)}}

	small = textType(func(g *valueGenerator) string { return g.textOr(typeInt, "0", "1", "2", "3", "5", "(-1)") })
	regex = textType((*valueGenerator).regex)
	// Never many elements: the reference makes room for all of them.
	count = textType(func(g *valueGenerator) string {
		if g.chance(0.2) {
			return fmt.Sprintf("(builtins.bitAnd %s 7)", g.expr(typeInt))
		}
		return pick(g.Rand, "0", "1", "2", "3", "5", "(-1)")
	})
	version  = textType(func(g *valueGenerator) string { return g.textOr(typeString, versions...) })
	jsonText = textType((*valueGenerator).json)
	tomlText = textType((*valueGenerator).toml)
	hashAlgo = textType(func(g *valueGenerator) string {
		return g.textOr(typeString, `"sha256"`, `"md5"`, `"sha1"`, `"sha512"`, `"sha256"`, `"odd"`)
	})
	conversion = textType((*valueGenerator).hashConversion)
	nameText   = textType(func(g *valueGenerator) string { return g.textOr(typeString, quoteAll(attrNames)...) })
	file       = textType(func(g *valueGenerator) string {
		return pick(g.Rand, "/missing/x.nix", "./missing", `"/missing"`, `"relative"`, "/missing", g.inStore(), g.inStore(), g.inStore(), g.inStore())
	})
	contexts   = textType((*valueGenerator).contextSet)
	contextual = textType(func(g *valueGenerator) string { return g.withContext(nil) })
	pairs      = textType((*valueGenerator).nameValuePairs)
	closure    = textType((*valueGenerator).closureArgs)
	comparator = textType((*valueGenerator).comparator)
)

func quoteAll(names []string) []string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = stringText(name)
	}
	return texts
}

// signatures are the builtins that are called by type. Those with result any
// are called where the type does not matter.
var signatures = []signature{
	{"add", 2, []*typ{number, number}, number},
	{"sub", 2, []*typ{number, number}, number},
	{"mul", 2, []*typ{number, number}, number},
	{"div", 1, []*typ{number, number}, number},
	{"bitAnd", 2, []*typ{typeInt, typeInt}, typeInt},
	{"bitOr", 2, []*typ{typeInt, typeInt}, typeInt},
	{"bitXor", 2, []*typ{typeInt, typeInt}, typeInt},
	{"ceil", 2, []*typ{number}, typeInt},
	{"floor", 2, []*typ{number}, typeInt},
	{"lessThan", 3, []*typ{ordered, ordered}, typeBool},

	{"length", 3, []*typ{listType(anyA)}, typeInt},
	{"head", 3, []*typ{listType(anyA)}, anyA},
	{"tail", 4, []*typ{listType(anyA)}, listType(anyA)},
	{"elemAt", 3, []*typ{listType(anyA), small}, anyA},
	{"map", 8, []*typ{funcType(anyA, anyB), listType(anyA)}, listType(anyB)},
	{"filter", 6, []*typ{funcType(anyA, typeBool), listType(anyA)}, listType(anyA)},
	{"all", 3, []*typ{funcType(anyA, typeBool), listType(anyA)}, typeBool},
	{"any", 3, []*typ{funcType(anyA, typeBool), listType(anyA)}, typeBool},
	{"concatLists", 3, []*typ{listType(listType(anyA))}, listType(anyA)},
	{"concatMap", 4, []*typ{funcType(anyA, listType(anyB)), listType(anyA)}, listType(anyB)},
	{"elem", 4, []*typ{anyA, listType(anyA)}, typeBool},
	{"foldl'", 4, []*typ{funcType(anyA, funcType(anyB, anyA)), anyA, listType(anyB)}, anyA},
	{"genList", 4, []*typ{funcType(typeInt, anyA), count}, listType(anyA)},
	{"sort", 4, []*typ{comparator, listType(anyA)}, listType(anyA)},
	{"sort", 3, []*typ{funcType(ordered, funcType(ordered, typeBool)), listType(ordered)}, listType(ordered)},
	{"partition.right", 2, []*typ{funcType(anyA, typeBool), listType(anyA)}, listType(anyA)},
	{"partition.wrong", 2, []*typ{funcType(anyA, typeBool), listType(anyA)}, listType(anyA)},
	{"partition", 2, []*typ{funcType(anyA, typeBool), listType(anyA)}, attrsType(listType(anyA))},
	{"groupBy", 3, []*typ{funcType(anyA, typeString), listType(anyA)}, attrsType(listType(anyA))},
	{"genericClosure", 3, []*typ{closure}, typeAny},

	{"attrNames", 5, []*typ{attrsType(anyB)}, listType(typeString)},
	{"attrValues", 4, []*typ{attrsType(anyA)}, listType(anyA)},
	{"catAttrs", 3, []*typ{nameText, listType(attrsType(anyA))}, listType(anyA)},
	{"getAttr", 3, []*typ{nameText, attrsType(anyA)}, anyA},
	{"hasAttr", 4, []*typ{nameText, attrsType(anyA)}, typeBool},
	{"intersectAttrs", 4, []*typ{attrsType(anyB), attrsType(anyA)}, attrsType(anyA)},
	{"removeAttrs", 4, []*typ{attrsType(anyA), listType(nameText)}, attrsType(anyA)},
	{"listToAttrs", 3, []*typ{pairs}, attrsType(anyA)},
	{"mapAttrs", 5, []*typ{funcType(typeString, funcType(anyA, anyB)), attrsType(anyA)}, attrsType(anyB)},
	{"zipAttrsWith", 3, []*typ{funcType(typeString, funcType(listType(anyA), anyB)), listType(attrsType(anyA))}, attrsType(anyB)},
	{"functionArgs", 3, []*typ{funcType(anyA, anyB)}, attrsType(typeBool)},
	{"unsafeGetAttrPos", 1, []*typ{nameText, attrsType(anyA)}, typeNull},

	{"toString", 5, []*typ{typeAny}, typeString},
	{"concatStringsSep", 5, []*typ{typeString, listType(typeString)}, typeString},
	{"replaceStrings", 5, []*typ{listType(typeString), listType(typeString), typeString}, typeString},
	{"split", 4, []*typ{regex, typeString}, listType(typeString)},
	{"match", 5, []*typ{regex, typeString}, listType(typeString)},
	{"stringLength", 4, []*typ{typeString}, typeInt},
	{"substring", 5, []*typ{small, small, typeString}, typeString},
	{"parseDrvName.name", 1, []*typ{version}, typeString},
	{"parseDrvName.version", 1, []*typ{version}, typeString},
	{"parseDrvName", 2, []*typ{version}, attrsType(typeString)},
	{"splitVersion", 2, []*typ{version}, listType(typeString)},
	{"compareVersions", 4, []*typ{version, version}, typeInt},
	{"toJSON", 5, []*typ{typeAny}, typeString},
	{"toXML", 4, []*typ{typeAny}, typeString},
	{"fromJSON", 5, []*typ{jsonText}, typeAny},
	{"fromTOML", 5, []*typ{tomlText}, typeAny},
	{"hashString", 3, []*typ{hashAlgo, typeString}, typeString},
	{"convertHash", 3, []*typ{conversion}, typeString},
	{"baseNameOf", 3, []*typ{typeString}, typeString},
	{"baseNameOf", 1, []*typ{typePath}, typeString},
	{"dirOf", 2, []*typ{typeString}, typeString},
	{"dirOf", 4, []*typ{typePath}, typePath},
	{"toPath", 1, []*typ{typePath}, typeString},
	{"getEnv", 1, []*typ{textType(func(*valueGenerator) string { return `"NAME_THAT_IS_NOT_SET"` })}, typeString},

	{"toFile", 2, []*typ{nameText, typeString}, typeString},
	{"placeholder", 1, []*typ{typeString}, typeString},
	{"hasContext", 3, []*typ{contextual}, typeBool},
	{"getContext", 3, []*typ{contextual}, attrsType(typeAny)},
	{"getContext", 3, []*typ{contextual}, typeAny},
	{"appendContext", 2, []*typ{typeString, contexts}, typeString},
	{"unsafeDiscardStringContext", 2, []*typ{typeString}, typeString},
	{"unsafeDiscardOutputDependency", 1, []*typ{typeString}, typeString},
	{"addDrvOutputDependencies", 1, []*typ{typeString}, typeString},

	{"isAttrs", 1, []*typ{typeAny}, typeBool},
	{"isBool", 1, []*typ{typeAny}, typeBool},
	{"isFloat", 1, []*typ{typeAny}, typeBool},
	{"isFunction", 1, []*typ{typeAny}, typeBool},
	{"isInt", 1, []*typ{typeAny}, typeBool},
	{"isList", 1, []*typ{typeAny}, typeBool},
	{"isNull", 1, []*typ{typeAny}, typeBool},
	{"isPath", 1, []*typ{typeAny}, typeBool},
	{"isString", 1, []*typ{typeAny}, typeBool},
	{"typeOf", 2, []*typ{typeAny}, typeString},

	{"seq", 3, []*typ{typeAny, anyA}, anyA},
	{"deepSeq", 3, []*typ{typeAny, anyA}, anyA},
	{"addErrorContext", 2, []*typ{typeString, anyA}, anyA},
	{"tryEval", 2, []*typ{typeAny}, typeAny},
	{"traceVerbose", 1, []*typ{typeAny, anyA}, anyA},
	{"warn", 1, []*typ{typeString, anyA}, anyA},
	{"derivationStrict", 1, []*typ{textType((*valueGenerator).derivationAttrs)}, typeAny},
	{"derivation", 1, []*typ{textType((*valueGenerator).derivationAttrs)}, typeAny},

	{"pathExists", 2, []*typ{file}, typeBool},
	{"readFile", 1, []*typ{file}, typeString},
	{"readDir", 1, []*typ{file}, attrsType(typeString)},
	{"readFileType", 1, []*typ{file}, typeString},
	{"hashFile", 1, []*typ{hashAlgo, file}, typeString},
	{"import", 1, []*typ{file}, typeAny},
	{"scopedImport", 1, []*typ{attrsType(typeInt), file}, typeAny},
	{"filterSource", 1, []*typ{funcType(typePath, funcType(typeString, typeBool)), file}, typeString},
	{"path", 1, []*typ{textType((*valueGenerator).pathArgs)}, typeString},
	{"findFile", 1, []*typ{listType(attrsType(typeString)), typeString}, typePath},
	{"throw", 1, []*typ{typeString}, typeAny},
	{"abort", 1, []*typ{typeString}, typeAny},
}

// constants are the builtins that are no functions, and their types.
var constants = []signature{
	{"true", 1, nil, typeBool},
	{"false", 1, nil, typeBool},
	{"null", 1, nil, typeNull},
	{"langVersion", 1, nil, typeInt},
	{"nixVersion", 1, nil, typeString},
	{"storeDir", 1, nil, typeString},
}

// globalBuiltins are the builtins that are variables, too.
var globalBuiltins = []string{
	"abort", "baseNameOf", "derivation", "derivationStrict", "dirOf", "fromTOML", "import", "isNull", "map", "placeholder", "removeAttrs",
	"scopedImport", "throw", "toString", "true", "false", "null",
}

// ValueGlobals returns the names that programs use without binding them.
func ValueGlobals() []string {
	names := append([]string{"builtins"}, globalBuiltins...)
	for _, table := range [][]signature{signatures, constants} {
		for _, s := range table {
			if !slices.Contains(globalBuiltins, s.name) && !strings.Contains(s.name, ".") {
				names = append(names, "__"+s.name)
			}
		}
	}
	return names
}

// builtinText spells a builtin in one of its ways.
func (g *valueGenerator) builtinText(name string) string {
	switch global := slices.Contains(globalBuiltins, name); {
	case global && g.chance(0.7):
		return name
	case !global && g.chance(0.1):
		return "__" + name
	case g.chance(0.05):
		return fmt.Sprintf("(builtins.${%s})", stringText(name))
	case g.chance(0.05):
		return fmt.Sprintf("(with builtins; %s)", name)
	}
	return "builtins." + name
}

// builtin calls a builtin whose result is a t.
func (g *valueGenerator) builtin(t *typ) string {
	total := 0
	fits := func(s *signature) bool {
		// A result of any type is no good where the type is known, most of the time.
		return s.result.kind == kindAny || (bindings{}).match(s.result, t)
	}
	weight := func(s *signature) int {
		switch {
		case s.result.kind == kindAny && g.depth > 2:
			return 0
		case s.result.kind == kindVar && s.result.only == nil:
			return s.weight // fits everywhere
		}
		return 3 * s.weight
	}
	for _, table := range [][]signature{signatures, constants} {
		for i := range table {
			if fits(&table[i]) {
				total += weight(&table[i])
			}
		}
	}
	n := g.IntN(total)
	for _, table := range [][]signature{signatures, constants} {
		for i := range table {
			if !fits(&table[i]) {
				continue
			}
			if n -= weight(&table[i]); n < 0 {
				return g.callBuiltin(&table[i], t)
			}
		}
	}
	return ""
}

func (g *valueGenerator) callBuiltin(s *signature, t *typ) string {
	g.use(s.name)
	b := bindings{}
	b.match(s.result, t)
	name, field, selects := strings.Cut(s.name, ".")
	if len(s.args) == 0 {
		return g.builtinText(name)
	}
	parts := []string{g.builtinText(name)}
	for _, arg := range s.args {
		parts = append(parts, g.expr(g.put(arg, b)))
	}
	text := "(" + strings.Join(parts, " ") + ")"
	if selects {
		return "(" + text + "." + field + ")"
	}
	return text
}

// partial applies a builtin to all arguments but the last, or to none.
func (g *valueGenerator) partial(t *typ) string {
	for range 30 {
		s := &signatures[g.IntN(len(signatures))]
		b := bindings{}
		last := len(s.args) - 1
		if strings.Contains(s.name, ".") || !b.match(s.result, t.elem) || !b.match(s.args[last], t.arg) {
			continue
		}
		g.use(s.name)
		parts := []string{g.builtinText(s.name)}
		for _, arg := range s.args[:last] {
			parts = append(parts, g.expr(g.put(arg, b)))
		}
		return "(" + strings.Join(parts, " ") + ")"
	}
	return ""
}

// textOr returns one of some texts, or sometimes an expression of type t.
func (g *valueGenerator) textOr(t *typ, texts ...string) string {
	if g.chance(0.15) {
		return g.expr(t)
	}
	return pick(g.Rand, texts...)
}

func (g *valueGenerator) regex() string {
	if g.chance(0.5) {
		return g.textOr(typeString, regexes...)
	}
	return stringText(g.regexOf(3))
}

// regexOf returns a regular expression, as text, for strings of a few letters.
func (g *valueGenerator) regexOf(depth int) string {
	if depth == 0 || g.chance(0.3) {
		return pick(g.Rand, "a", "b", "c", ".", "[ab]", "[^a]", "X", "", "[a-c]", "[[:digit:]]", "-", "1", `\.`, "^", "$", "[]a]", "[.-]")
	}
	part := func() string { return g.regexOf(depth - 1) }
	switch g.IntN(7) {
	case 0:
		return "(" + part() + ")"
	case 1:
		return "(" + part() + ")" + pick(g.Rand, "*", "+", "?", "{2}", "{0,1}", "{1,}")
	case 2:
		return "(" + part() + "|" + part() + ")"
	case 3:
		return part() + pick(g.Rand, "*", "+", "?")
	case 4:
		return part() + "|" + part()
	}
	return part() + part()
}

var regexes = []string{
	`"a"`, `"a*"`, `"(a)"`, `"(a|ab)(c|bcd)(d*)"`, `"([a-z]+)"`, `"[0-9]+"`, `"(.)(.)?"`, `".*"`, `""`, `"(x)?y"`, `"^a$"`, `"[[:alpha:]]+"`, `"([^X]*)X.*"`,
	`"(a*)*"`, `"(a|b)*"`, `"a{2}"`, `"a{1,2}"`, `"[.]"`, `"\\."`, `"([0-9]+)\\.([0-9]+)"`, `"a|b|"`, `"("`, `"["`, `"a**"`, `"[b-a]"`, `"\\d"`, `"(a)(b)?(c)?"`,
	`"[[:space:]]"`, `"[^a]"`, `"(/.*)/([^/]*)"`, `"é"`, `".."`, `"()"`, `"a+?"`, `"$"`, `"x^"`, `"[[:foo:]]"`, `"{"`, `"a{2"`, `"*"`,
}

var versions = []string{
	`"1.0"`, `"1.10"`, `"1.2.3"`, `"2.3pre1"`, `"2.3"`, `"2.3a"`, `"1.0-rc1"`, `"foo-1.2"`, `"foo-bar-2"`, `"foo"`, `"-1"`, `"a-b-c"`, `"1..2"`, `""`, `"1.2.3.a4b"`,
	`"9999999999999"`, `"01"`, `"1.pre"`, `"pre"`, `"name-x-1.0-2"`, `"2.3q"`,
}

// json returns a string that holds JSON, or nearly.
func (g *valueGenerator) json() string {
	s := g.jsonValue(3)
	if g.chance(0.12) {
		i := g.IntN(len(s))
		s = s[:i] + pick(g.Rand, "", "}", ",", "x", "\"") + s[min(len(s), i+1):]
		s = strings.ToValidUTF8(s, "?")
	}
	return stringText(s)
}

func (g *valueGenerator) jsonValue(depth int) string {
	if depth > 0 && g.chance(0.5) {
		var parts []string
		for range g.IntN(4) {
			part := g.jsonValue(depth - 1)
			parts = append(parts, part)
		}
		if g.chance(0.5) {
			return "[" + strings.Join(parts, pick(g.Rand, ",", ", ", " ,\n")) + "]"
		}
		for i, part := range parts {
			parts[i] = pick(g.Rand, `"a"`, `"b"`, `"c d"`, `""`, `"z"`, `"\u0061"`, `"outPath"`) + ":" + part
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	return pick(g.Rand, "null", "true", "false", "0", "-0", "1", "12", "-7", "1.5", "1e3", "1E-2", "0.1", "-0.0", "9223372036854775807", "9223372036854775808",
		"18446744073709551616", "-9223372036854775808", "-9223372036854775809", "1e400", "01", "1.", `""`, `"a"`, `"x\ny"`, `"\u00e9"`, `"\ud83c\udf89"`, `"\ud800"`,
		`"é"`, `"\/\b\f"`, `"\u0000"`, "\"\t\"", "[]", "{}", " 1 ", "NaN")
}

// toml returns a string that holds TOML, or nearly.
func (g *valueGenerator) toml() string {
	var lines []string
	for range 1 + g.IntN(4) {
		key := pick(g.Rand, "a", "b", "c", "d", `"q k"`, "a.b", "x.y.z", "'l'", "1")
		switch g.IntN(6) {
		case 0:
			lines = append(lines, "["+key+"]")
		case 1:
			lines = append(lines, "[["+key+"]]")
		default:
			lines = append(lines, key+" = "+g.tomlValue(2))
		}
	}
	return stringText(strings.Join(lines, "\n"))
}

func (g *valueGenerator) tomlValue(depth int) string {
	if depth > 0 && g.chance(0.3) {
		var parts []string
		for range g.IntN(3) {
			parts = append(parts, g.tomlValue(depth-1))
		}
		if g.chance(0.5) {
			return "[" + strings.Join(parts, ", ") + "]"
		}
		for i, part := range parts {
			parts[i] = pick(g.Rand, "a", "b", "c.d", `"e f"`) + " = " + part
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	return pick(g.Rand, "1", "-17", "+3", "0x1F", "0o17", "0b101", "1_000", "9223372036854775807", "9223372036854775808", "1.5", "-0.0", "1e3", "6.02_2e23", "inf", "-inf",
		"nan", "true", "false", `""`, `"a"`, `"x\ny"`, `"\u00e9"`, `'lit\n'`, `"""m"""`, "'''m'''", `"\q"`, "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "01", "1.", "bare", "[]", "{}")
}

// hashConversion returns the argument of convertHash.
func (g *valueGenerator) hashConversion() string {
	attrs := []string{
		"hash = " + g.textOr(typeString, hashes...) + ";",
		"toHashFormat = " + g.textOr(typeString, `"base16"`, `"nix32"`, `"base64"`, `"sri"`, `"base32"`, `"odd"`) + ";",
	}
	if g.chance(0.6) {
		attrs = append(attrs, "hashAlgo = "+g.textOr(typeString, `"sha256"`, `"sha256"`, `"sha256"`, `"md5"`, `"sha1"`, `"odd"`)+";")
	}
	if g.chance(0.05) {
		attrs = attrs[1:]
	}
	return "{ " + strings.Join(attrs, " ") + " }"
}

// inStore returns a file that is there.
func (g *valueGenerator) inStore() string {
	s := fmt.Sprintf("(builtins.toFile %s %s)", pick(g.Rand, `"n"`, `"f.nix"`), pick(g.Rand, `"1"`, `"{ }: 2"`, `"a\n"`, `""`, `"{ x = y"`, g.leaf(typeString)))
	if g.chance(0.2) {
		return fmt.Sprintf("(/. + builtins.unsafeDiscardStringContext %s)", s)
	}
	return s
}

// contextSet returns the second argument of appendContext.
func (g *valueGenerator) contextSet() string {
	if g.chance(0.3) {
		g.use("getContext")
		return fmt.Sprintf("(builtins.getContext %s)", g.withContext(nil))
	}
	var attrs []string
	for _, path := range storePaths[g.IntN(3):] {
		if g.chance(0.3) && !strings.Contains(strings.Join(attrs, ""), path) {
			attrs = append(attrs, fmt.Sprintf("%s = %s;", stringText(path), pick(g.Rand, "{ path = true; }", "{ allOutputs = true; }",
				`{ outputs = [ "out" ]; }`, "{ }", "1", "{ path = 1; }", `{ outputs = [ "b" "a" ]; }`, "{ odd = 1; }")))
		}
	}
	return strings.TrimSuffix("{ "+strings.Join(attrs, " "), " ") + " }"
}

// nameValuePairs returns the argument of listToAttrs. The type of its values
// is not known here.
func (g *valueGenerator) nameValuePairs() string {
	t := g.anyType(1)
	var b strings.Builder
	b.WriteString("[ ")
	for range g.IntN(4) {
		attrs := []string{
			"name = " + g.textOr(typeString, quoteAll(attrNames)...) + ";",
			"value = " + g.expr(t) + ";",
		}
		if g.chance(0.1) {
			attrs = append(attrs, "other = "+g.throw()+";")
		}
		if g.chance(0.03) {
			attrs = attrs[1:]
		}
		g.shuffle(attrs)
		b.WriteString("{ " + strings.Join(attrs, " ") + " } ")
	}
	b.WriteString("]")
	return b.String()
}

// closureArgs returns the argument of genericClosure, which ends. It uses no
// operators: they can be rebound around it.
func (g *valueGenerator) closureArgs() string {
	start := g.expr(listType(setType([]string{"key"}, []*typ{g.orderedType()})))
	operator := "(i: [ ])"
	if g.chance(0.6) {
		start = fmt.Sprintf("[ { key = %d; } { key = %d; v = %s; } ]", g.IntN(5), g.IntN(5), g.expr(typeInt))
		operator = fmt.Sprintf("(i: if builtins.lessThan %d i.key then [ ] else [ { key = builtins.add i.key %d; } %s])", 3+g.IntN(8), 1+g.IntN(3),
			pick(g.Rand, "", "{ key = builtins.add i.key 1; v = i.v or 0; } ", "{ key = 1.0; } ", "", "{ key = \"s\"; } "))
	}
	return fmt.Sprintf("{ startSet = %s; operator = %s; }", start, operator)
}

// closureKeys returns the keys in a closure, in their order.
func (g *valueGenerator) closureKeys(t *typ) string {
	if t.elem.kind != kindInt {
		return ""
	}
	g.use("genericClosure")
	return fmt.Sprintf("(map (i: i.key) (builtins.genericClosure %s))", g.closureArgs())
}

// comparator returns a function to sort by that may be no order at all.
func (g *valueGenerator) comparator() string {
	return g.textOr(typeAny, "builtins.lessThan", "(p: q: p < q)", "(p: q: p > q)", "(p: q: true)", "(p: q: false)", "(p: q: p <= q)", "(p: q: p == q)",
		"(p: q: p != q)", "(p: q: toString p < toString q)", "(p: q: builtins.toJSON p < builtins.toJSON q)", "(p: q: builtins.seq q false)")
}
