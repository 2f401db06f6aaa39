package gen

// This file defines literals and operators of the programs of ValueProgram.

import (
	"fmt"
	"strconv"
	"strings"
)

// literal returns an expression that says what its value is; the parts of
// lists, sets and functions can be anything.
func (g *valueGenerator) literal(t *typ) string {
	switch t.kind {
	case kindInt:
		return g.intLiteral()
	case kindFloat:
		return g.floatLiteral()
	case kindBool:
		return pick(g.Rand, "true", "false")
	case kindString:
		return g.stringLiteral()
	case kindPath:
		return pick(g.Rand, paths...)
	case kindNull:
		return "null"
	case kindList:
		return g.listLiteral(t.elem)
	case kindAttrs:
		return g.setLiteralOf(g.namesFor(t.elem))
	case kindSet:
		return g.setLiteralOf(t)
	case kindFunc:
		return g.lambda(t.arg, t.elem)
	case kindText:
		return t.text(g)
	}
	return "null"
}

var ints = []string{
	"0", "1", "2", "3", "(-1)", "(-2)", "10", "63", "64", "255", "9223372036854775807", "(-9223372036854775807 - 1)", "(-9223372036854775807)",
	"4294967296", "9007199254740993", "4611686018427387904", "3037000500",
}

func (g *valueGenerator) intLiteral() string {
	if g.chance(0.7) {
		return strconv.Itoa(g.IntN(6))
	}
	if g.chance(0.3) {
		return strconv.FormatInt(g.Int64()>>g.IntN(63), 10)
	}
	return pick(g.Rand, ints...)
}

func (g *valueGenerator) floatLiteral() string {
	if g.chance(0.6) {
		return pick(g.Rand, floats...)
	}
	s := strconv.FormatFloat(g.Float64()*10, 'f', 1+g.IntN(17), 64)
	if g.chance(0.5) {
		s += fmt.Sprintf("e%d", g.IntN(40)-20)
	}
	return s
}

func (g *valueGenerator) stringLiteral() string {
	if g.chance(0.7) {
		return pick(g.Rand, stringTexts...)
	}
	var b strings.Builder
	for range g.IntN(7) {
		b.WriteString(pick(g.Rand, "a", "b", "a", "c", "X", "1", ".", "-", " ", "\n", "/", "\"", "\\", "$", "{", "é", "0", "<", "&", "'", ":"))
	}
	return stringText(b.String())
}

var floats = []string{
	"0.0", "(-0.0)", "1.0", "1.5", "2.5", "(-1.5)", "0.1", "0.30000000000000004", "1.0e10", "1.0e-5", "123456.5", "1234567.0", "1.0e15", "1.e16", "1.0e300",
	"(1.0e300 * 1.0e300)", "2.2250738585072014e-308", "9223372036854775807.0", "9223372036854775808.0", "(-9223372036854775808.0)", ".5", "100000.0",
}

// stringTexts are spelled as they stand in a program.
var stringTexts = []string{
	`""`, `"a"`, `"b"`, `"c"`, `"abc"`, `"aXbXc"`, `"foo-1.2.3"`, `"1.10"`, `"/a/b"`, `"a b"`, `"é"`, `"日本"`, `"x\ny"`, `"\t"`, `"\""`, `"\\"`, `"12"`, `"-3"`,
	`"007"`, `"1.5"`, `"true"`, `"\${x}"`, `"$"`, `"$$"`, `"A"`, `"aa"`, `"ab"`, `"ba"`, `"name"`, `"x"`, `"y"`, `"z"`, `"foo"`, `"./a"`, `"a/b/"`, `"null"`,
	`''ind ''${x}''`, `'' a''`, `''a'''b''`, `''''`, `(x:y)`, `"''"`, `"🎉"`, `"out"`, `"sha256"`,
}

var paths = []string{"/a", "/a/b", "/", "/.", "/a/../b", "/missing/x.nix", "./rel", "./a/../c", "../up", "/a/b.c", "/é/x", "/a//b"}

func init() {
	// Not every byte can stand in a path without quotes.
	for i, p := range paths {
		if strings.ContainsAny(p, "é") || p == "/" || p == "/." || strings.Contains(p, "//") {
			paths[i] = "(/. + " + stringText(p) + ")"
		}
	}
}

func (g *valueGenerator) listLiteral(elem *typ) string {
	var b strings.Builder
	b.WriteString("[ ")
	for range pick(g.Rand, 0, 1, 1, 2, 2, 3, 3, 4) {
		b.WriteString(g.expr(elem) + " ")
	}
	b.WriteString("]")
	return b.String()
}

// namesFor returns a set type with fields of type elem.
func (g *valueGenerator) namesFor(elem *typ) *typ {
	set := g.fieldsType(pick(g.Rand, 0, 1, 1, 2, 2, 3))
	for i := range set.fields {
		set.fields[i] = elem
	}
	return set
}

// setLiteralOf writes a set with known fields, in one of several ways.
func (g *valueGenerator) setLiteralOf(t *typ) string {
	if g.chance(0.15) && len(t.names) > 0 {
		return g.recLiteral(t)
	}
	fields := make([]string, 0, len(t.names)+1)
	for i, name := range t.names {
		switch {
		case isName(name) && g.chance(0.1):
			fields = append(fields, g.inheritField(name, t.fields[i]))
		case g.chance(0.1):
			fields = append(fields, fmt.Sprintf("${%s} = %s;", stringText(name), g.expr(t.fields[i])))
		case g.chance(0.05):
			fields = append(fields, fmt.Sprintf("${(x: x) %s} = %s;", stringText(name), g.expr(t.fields[i])))
		default:
			fields = append(fields, g.field(name, t.fields[i]))
		}
	}
	if g.chance(0.05) {
		fields = append(fields, "${null} = "+g.throw()+";")
	}
	g.shuffle(fields)
	return strings.TrimSuffix("{ "+strings.Join(fields, " "), " ") + " }"
}

func (g *valueGenerator) inheritField(name string, t *typ) string {
	for i := len(g.scope) - 1; i >= 0; i-- {
		if v := g.scope[i]; v.name == name {
			if v.typ != nil && v.typ.equal(t) && !v.with {
				return "inherit " + name + ";"
			}
			break
		}
	}
	return fmt.Sprintf("inherit (%s) %s;", g.expr(setType([]string{name}, []*typ{t})), name)
}

// recLiteral writes a rec set, whose names are variables in it.
func (g *valueGenerator) recLiteral(t *typ) string {
	var names []string
	var types []*typ
	for i, name := range t.names {
		if isName(name) {
			names, types = append(names, name), append(types, t.fields[i])
		}
	}
	return g.recursive(names, types, func(bindings string) string {
		for i, name := range t.names {
			if !isName(name) {
				bindings += " " + g.field(name, t.fields[i])
			}
		}
		return "(rec { " + bindings + " })"
	})
}

func (g *valueGenerator) dynamicSet(t *typ) string {
	return fmt.Sprintf("{ ${%s} = %s; }", g.expr(typeString), g.expr(t.elem))
}

func (g *valueGenerator) update(t *typ) string {
	return fmt.Sprintf("(%s // %s)", g.expr(t), g.expr(t))
}

func (g *valueGenerator) updateFields(t *typ) string {
	if g.chance(0.5) && len(t.names) > 0 {
		i := g.IntN(len(t.names))
		part := setType(t.names[i:i+1], t.fields[i:i+1])
		return fmt.Sprintf("(%s // %s)", g.expr(t), g.expr(part))
	}
	return fmt.Sprintf("(%s // %s)", g.expr(g.fieldsType(1)), g.expr(t))
}

// setInParts writes a.b.c = …; which the parser puts together.
func (g *valueGenerator) setInParts(t *typ) string {
	outer := pick(g.Rand, "p", "q")
	var fields []string
	for i, name := range t.names {
		fields = append(fields, fmt.Sprintf("%s.%s", outer, g.field(name, t.fields[i])))
	}
	if g.chance(0.4) {
		fields = append(fields, "other."+g.field("w", g.anyType(1)))
	}
	if g.chance(0.3) {
		fields = append(fields, outer+" = { w = "+g.throw()+"; };")
		return fmt.Sprintf("(removeAttrs { %s }.%s [ \"w\" ])", strings.Join(fields, " "), outer)
	}
	if len(fields) == 0 {
		return ""
	}
	g.shuffle(fields)
	return fmt.Sprintf("({ %s }.%s)", strings.Join(fields, " "), outer)
}

func (g *valueGenerator) listConcat(t *typ) string {
	return fmt.Sprintf("(%s ++ %s)", g.expr(t), g.expr(t))
}

func (g *valueGenerator) number() *typ {
	if g.chance(0.7) {
		return typeInt
	}
	return typeFloat
}

func (g *valueGenerator) intOperator(t *typ) string {
	switch g.IntN(12) {
	case 0, 1:
		return fmt.Sprintf("(-%s)", g.expr(typeInt))
	case 2:
		return fmt.Sprintf("(%s / %d)", g.expr(typeInt), 1+g.IntN(5))
	case 3:
		return fmt.Sprintf("(%s / %s)", g.expr(typeInt), g.expr(typeInt))
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(typeInt), pick(g.Rand, "+", "-", "*"), g.expr(typeInt))
}

func (g *valueGenerator) floatOperator(t *typ) string {
	if g.chance(0.1) {
		return fmt.Sprintf("(-%s)", g.expr(typeFloat))
	}
	a, b := typeFloat, g.number()
	if g.chance(0.5) {
		a, b = b, a
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(a), pick(g.Rand, "+", "-", "*", "/"), g.expr(b))
}

// orderedType returns a type whose values can be compared by <.
func (g *valueGenerator) orderedType() *typ {
	t := pick(g.Rand, typeInt, typeInt, typeString, typeFloat, typePath)
	if g.chance(0.2) {
		return listType(t)
	}
	return t
}

func (g *valueGenerator) comparison(*typ) string {
	a := g.orderedType()
	b := a
	if a == typeInt && g.chance(0.3) {
		b = typeFloat
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(a), pick(g.Rand, "<", "<=", ">", ">="), g.expr(b))
}

func (g *valueGenerator) logic(*typ) string {
	switch g.IntN(6) {
	case 0, 1:
		return fmt.Sprintf("(!%s)", g.expr(typeBool))
	case 2:
		return pick(g.Rand, "(false && ", "(true || ", "(false -> ") + g.throw() + ")"
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(typeBool), pick(g.Rand, "&&", "||", "->"), g.expr(typeBool))
}

func (g *valueGenerator) equality(*typ) string {
	a := g.anyType(2)
	b := a
	if g.chance(0.15) {
		b = g.anyType(1)
	}
	op := pick(g.Rand, "==", "!=")
	if g.chance(0.15) {
		return fmt.Sprintf("(let v = %s; in %s)", g.expr(a), pick(g.Rand, "v "+op+" v", "[ v ] "+op+" [ v ]", "{ q = v; } "+op+" { q = v; }"))
	}
	return fmt.Sprintf("(%s %s %s)", g.expr(a), op, g.expr(b))
}

func (g *valueGenerator) hasField(*typ) string {
	set := g.anyType(1)
	if g.chance(0.8) {
		set = g.fieldsType(2)
	}
	path := attrText(pick(g.Rand, attrNames...))
	if len(set.names) > 0 && g.chance(0.7) {
		path = g.selector(set.names[0])
	}
	if g.chance(0.3) {
		path += "." + g.selector(pick(g.Rand, attrNames...))
	}
	return fmt.Sprintf("(%s ? %s)", g.expr(set), path)
}

func (g *valueGenerator) interpolated(*typ) string {
	var b strings.Builder
	quote := pick(g.Rand, `"`, `"`, `''`)
	b.WriteString(quote)
	for range 1 + g.IntN(3) {
		b.WriteString(pick(g.Rand, "", "-", "a", " ", "/", "x=", "é"))
		switch {
		case g.chance(0.06):
			fmt.Fprintf(&b, "${%s}", g.expr(typePath))
		default:
			fmt.Fprintf(&b, "${%s}", g.expr(typeString))
		}
	}
	b.WriteString(pick(g.Rand, "", ".", "b"))
	b.WriteString(quote)
	return b.String()
}

func (g *valueGenerator) stringPlus(*typ) string {
	switch g.IntN(10) {
	case 0:
		return fmt.Sprintf("(%s + %s)", g.expr(typeString), g.expr(typePath))
	case 1:
		return fmt.Sprintf("(%s + %s)", g.stringOfSetAs("(", ")"), g.expr(typeString))
	}
	return fmt.Sprintf("(%s + %s)", g.expr(typeString), g.expr(typeString))
}

// stringOfSet makes a string of a set with __toString or outPath.
func (g *valueGenerator) stringOfSet(*typ) string {
	if g.chance(0.5) {
		return g.stringOfSetAs(`"a${`, `}"`)
	}
	g.use("toString")
	return g.stringOfSetAs("(toString ", ")")
}

func (g *valueGenerator) stringOfSetAs(open, end string) string {
	s := ""
	switch g.IntN(6) {
	case 0:
		s = fmt.Sprintf("{ __toString = self: self.v; v = %s; }", g.hiding("self", typeString))
	case 1:
		s = fmt.Sprintf("{ outPath = %s; name = %s; }", g.expr(typeString), g.throw())
	case 2:
		s = fmt.Sprintf("{ __toString = _: %s; outPath = %s; }", g.hiding("_", typeString), g.throw())
	case 3:
		s = fmt.Sprintf("{ outPath = { outPath = %s; }; }", g.expr(typeString))
	case 4:
		s = fmt.Sprintf("{ outPath = %s; }", pick(g.Rand, "1", "null", "/a", "[ ]", "true", "{ }"))
	default:
		s = fmt.Sprintf("{ __toString = %s; }", g.expr(funcType(typeAny, typeString)))
	}
	return open + s + end
}

// stringOfAny makes a string of a value of any type.
func (g *valueGenerator) stringOfAny(*typ) string {
	name := pick(g.Rand, "toString", "builtins.toJSON", "builtins.toXML", "builtins.typeOf", "toString", "builtins.toJSON")
	g.use(strings.TrimPrefix(name, "builtins."))
	return fmt.Sprintf("(%s %s)", name, g.expr(g.anyType(2)))
}

func (g *valueGenerator) pathPlus(*typ) string {
	return fmt.Sprintf("(%s + %s)", g.expr(typePath), pick(g.Rand, g.expr(typeString), `"/x"`, `"/../y"`, `"z"`, g.expr(typePath)))
}

func (g *valueGenerator) pathInterpolation(*typ) string {
	return fmt.Sprintf("%s${%s}%s", pick(g.Rand, "/a/", "./b", "/c-"), g.expr(typeString), pick(g.Rand, "", "/d", "e", "/../f", `/${"x"}`))
}

func (g *valueGenerator) function(t *typ) string {
	switch {
	case t.arg.kind == kindSet && g.chance(0.7):
		return g.formalsFunction(t)
	case g.chance(0.1):
		return fmt.Sprintf("{ __functor = this: %s; }", g.lambda(t.arg, t.elem))
	case g.chance(0.1):
		return fmt.Sprintf("(%s: %s)", "_", g.hiding("_", t.elem))
	}
	return g.lambda(t.arg, t.elem)
}

func (g *valueGenerator) formalsFunction(t *typ) string {
	var vars []variable
	var formals []string
	all := true
	for i, name := range t.arg.names {
		if !isName(name) {
			all = false
			continue
		}
		vars = append(vars, variable{name: name, typ: t.arg.fields[i]})
		if g.chance(0.2) {
			name += " ? " + g.throw()
		}
		formals = append(formals, name)
	}
	if !all || g.chance(0.2) {
		formals = append(formals, "...")
	}
	body := g.inScope(vars, func() string { return g.expr(t.elem) })
	return fmt.Sprintf("({ %s }: %s)", strings.Join(formals, ", "), body)
}

func (g *valueGenerator) composition(t *typ) string {
	middle := g.anyType(1)
	return fmt.Sprintf("((h: k: v: h (k v)) %s %s)", g.expr(funcType(middle, t.elem)), g.expr(funcType(t.arg, middle)))
}

// withContext returns a string with a context of some kind.
func (g *valueGenerator) withContext(*typ) string {
	switch g.IntN(10) {
	case 7, 8, 9:
		return g.contextKept()
	case 0, 1:
		g.use("toFile")
		return fmt.Sprintf("(builtins.toFile %s %s)", pick(g.Rand, `"n"`, `"a.txt"`, `"x y"`, `".a"`, `"n"`), g.expr(typeString))
	case 2:
		return fmt.Sprintf(`"${%s}"`, g.derivation())
	case 3:
		g.use("appendContext")
		return fmt.Sprintf(`(builtins.appendContext %s { %s = { %s }; })`, g.expr(typeString), stringText(pick(g.Rand, storePaths...)),
			pick(g.Rand, "path = true;", "allOutputs = true;", `outputs = [ "out" ];`, `outputs = [ "dev" "out" ]; path = true;`, "", "path = false;", "outputs = [ ];"))
	case 4:
		g.use("placeholder")
		return fmt.Sprintf("(builtins.placeholder %s)", g.expr(typeString))
	case 5:
		name := pick(g.Rand, "unsafeDiscardStringContext", "unsafeDiscardOutputDependency", "addDrvOutputDependencies")
		g.use(name)
		return fmt.Sprintf("(builtins.%s %s)", name, g.withContext(nil))
	}
	name := "substring"
	g.use(name)
	return fmt.Sprintf("(builtins.substring %d %d %s)", g.IntN(60), g.IntN(60)-1, g.withContext(nil))
}

// contextKept puts a string with context through something that keeps it, or
// part of it, or that should not.
func (g *valueGenerator) contextKept() string {
	c := g.withContext(nil)
	s := g.expr(typeString)
	return fmt.Sprintf(pick(g.Rand,
		`(builtins.concatStringsSep %s [ %s "x" ])`, `(builtins.concatStringsSep "," [ %s %s ])`, `(%s + %s)`, `"a${%s}b${%s}"`, `(toString [ %s %s ])`,
		`(builtins.toJSON { a = %s; b = [ %s ]; })`, `(builtins.toXML [ %s %s ])`, `(builtins.replaceStrings [ "a" ] [ %s ] %s)`,
		`(builtins.replaceStrings [ %s ] [ "b" ] %s)`, `(builtins.head (builtins.split "/" (%s + %s)))`, `(baseNameOf (%s + %s))`, `(dirOf (%s + %s))`,
		`(builtins.elemAt (builtins.match "(.).*" (%s + %s)) 0)`, `(builtins.hashString "md5" (%s + %s))`, `(builtins.fromJSON (builtins.toJSON (%s + %s)))`,
		`(builtins.toString { outPath = %s; name = %s; })`, `(builtins.placeholder (%s + %s))`, `(builtins.unsafeDiscardStringContext (%s + %s))`,
		`(builtins.substring 0 5 (%s + %s))`, `(builtins.head (builtins.attrNames { x = %s; y = %s; }))`,
	), c, s)
}

// storePaths are those of ValuePrelude, and some that are none.
var storePaths = []string{
	"/nix/store/g76zcpqc540lrc8i6g7xy6ip0npn2hnp-a", "/nix/store/nnqh7675wghd0xmrywqm2yh9psrkk13q-a.drv",
	"/nix/store/nnqh7675wghd0xmrywqm2yh9psrkk13q-a.drv", "/nix/store/short-c", "/elsewhere/d",
}

// ValuePrelude is an expression that puts into a store what programs refer to.
// It is to be evaluated before them, with the same store.
const ValuePrelude = `[ (builtins.toFile "a" "b") (derivation { name = "a"; system = "x"; builder = "b"; }).drvPath ]`

// importFile imports a program from a file in the store.
func (g *valueGenerator) importFile(t *typ) string {
	g.use("import")
	g.use("toFile")
	outer := g.scope
	defer func() { g.scope = outer }()
	g.scope = nil
	if g.chance(0.3) {
		set := g.fieldsType(2)
		scope := g.expr(set)
		for i, name := range set.names {
			if isName(name) {
				g.scope = append(g.scope, variable{name: name, typ: set.fields[i]})
			}
		}
		g.use("scopedImport")
		return fmt.Sprintf(`(scopedImport %s (builtins.toFile "s.nix" %s))`, scope, stringText(g.expr(t)))
	}
	return fmt.Sprintf(`(import (builtins.toFile "f.nix" %s))`, stringText(g.expr(t)))
}

// longSort sorts many integers: the reference sorts short and long lists
// differently, which shows if the comparator is no order.
func (g *valueGenerator) longSort(t *typ) string {
	if t.elem.kind != kindInt {
		return ""
	}
	g.use("sort")
	comparator := pick(g.Rand, "builtins.lessThan", "(p: q: p > q)", "(p: q: builtins.bitAnd p 3 < builtins.bitAnd q 3)", "(p: q: p <= q)", "(p: q: true)", "(p: q: false)",
		"(p: q: builtins.bitAnd (p * q) 1 == 1)", "(p: q: p != q)", "(p: q: builtins.bitXor p q < 9)", "(p: q: p - q < 3)")
	return fmt.Sprintf("(builtins.sort %s (builtins.genList (i: builtins.bitAnd (i * %d + %d) %d) %d))",
		comparator, 1+g.IntN(40), g.IntN(10), pick(g.Rand, 7, 31, 127, -1), g.IntN(60))
}
