package gen

// This file defines ValueProgram: random programs that are there to be evaluated.

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// ValueOptions steers ValueProgram.
type ValueOptions struct {
	Size int     // mean number of expressions; 0 means 30
	Fail float64 // how often an expression is replaced by one that fails or has another type; 0 means 0.003, less than 0 never
}

// ValueProgram returns a random program in one line, mostly well typed, so
// that most programs have a value. The same state of r gives the same program.
//
// Programs refer to no file but those that they put into the store. They print
// nothing but warnings, and end soon: whatever
// recurs has a bound, or meets itself and so is infinite recursion. Throws are
// numbered, so that the message tells which was forced first.
func ValueProgram(r *rand.Rand, opt ValueOptions) string {
	g := newValueGenerator(r, opt)
	return g.program()
}

// A valueGenerator is the state while one program is written. Its methods
// return source text that can stand anywhere, in parentheses if need be.
type valueGenerator struct {
	*rand.Rand
	fail   float64
	room   int             // how many expressions may still be written below this one
	depth  int             // how many expressions enclose this one
	scope  []variable      // innermost last
	throws int             // how many throws were written
	used   map[string]bool // rules and builtins; only the tests read it
}

// A variable is a name that can be used. Its type is nil if it must not be: it
// hides the variable of that name around it.
type variable struct {
	name string
	typ  *typ
	with bool // from a with, so any other of the name goes first
}

func newValueGenerator(r *rand.Rand, opt ValueOptions) *valueGenerator {
	if opt.Size <= 0 {
		opt.Size = 30
	}
	if opt.Fail == 0 {
		opt.Fail = 0.003
	}
	size := 1 + int(r.ExpFloat64()*float64(opt.Size))
	return &valueGenerator{Rand: r, fail: opt.Fail, room: min(size, 8*opt.Size), used: map[string]bool{}}
}

// program writes a value of several parts, most of the time: more of the
// program is forced then.
func (g *valueGenerator) program() string {
	if g.fail > 0 && g.chance(0.1) {
		g.fail *= 16 // which of several failures comes first
	}
	switch g.IntN(6) {
	case 0, 1:
		var b strings.Builder
		b.WriteString("[ ")
		g.depth++ // the elements share the room
		for range 2 + g.IntN(3) {
			b.WriteString(g.expr(g.anyType(1)) + " ")
		}
		b.WriteString("]")
		return b.String()
	case 2, 3:
		return g.expr(g.fieldsType(2 + g.IntN(3)))
	}
	return g.expr(g.anyType(2))
}

func (g *valueGenerator) chance(p float64) bool { return g.Float64() < p }

// A valueRule is one way to write an expression of a type. It returns "" if
// it has none.
type valueRule struct {
	name   string
	weight int
	write  func(*valueGenerator, *typ) string
}

// expr returns an expression of type t. It takes a share of the room there is.
func (g *valueGenerator) expr(t *typ) string {
	room := g.room
	share := room
	if g.depth > 0 {
		share = g.IntN(max(1, room*3/4) + 1)
	}
	g.room = share - 1
	g.depth++
	s := g.exprInRoom(t)
	g.depth--
	g.room = room - share + max(0, g.room)
	return s
}

func (g *valueGenerator) exprInRoom(t *typ) string {
	t = g.known(t)
	if g.fail > 0 && g.chance(g.fail) {
		return g.failing()
	}
	if g.room <= 0 || g.depth > 25 {
		return g.leaf(t)
	}
	for {
		if s := g.chooseFrom(t, exprForms, kindForms[t.kind]); s != "" {
			return s
		}
	}
}

// chooseFrom writes one of the rules of several tables, by weight.
func (g *valueGenerator) chooseFrom(t *typ, tables ...[]valueRule) string {
	total := 0
	for _, rows := range tables {
		for i := range rows {
			total += rows[i].weight
		}
	}
	n := g.IntN(total)
	for _, rows := range tables {
		for i := range rows {
			if n -= rows[i].weight; n < 0 {
				s := rows[i].write(g, t)
				if s != "" {
					g.used[rows[i].name] = true
				}
				return s
			}
		}
	}
	return ""
}

// leaf returns an expression without others in it, or with few.
func (g *valueGenerator) leaf(t *typ) string {
	if g.chance(0.6) {
		if s := g.variable(t); s != "" {
			return s
		}
	}
	return g.literal(t)
}

// The tables are filled here, because their rows and the functions that
// choose from them refer to each other.
var (
	exprForms []valueRule            // for every type
	kindForms map[kind]([]valueRule) // for one kind of type
)

func init() {
	exprForms = []valueRule{
		{"variable", 14, (*valueGenerator).variable},
		{"literal value", 10, (*valueGenerator).literal},
		{"builtin", 22, (*valueGenerator).builtin},
		{"let value", 7, (*valueGenerator).letIn},
		{"let inherit", 2, (*valueGenerator).letInherit},
		{"with value", 3, (*valueGenerator).withIn},
		{"if value", 4, (*valueGenerator).ifElse},
		{"assert value", 1, (*valueGenerator).assertTrue},
		{"call", 4, (*valueGenerator).call},
		{"call with set", 4, (*valueGenerator).callFormals},
		{"call curried", 2, (*valueGenerator).callCurried},
		{"call functor", 2, (*valueGenerator).callFunctor},
		{"select value", 4, (*valueGenerator).selectField},
		{"select value or", 2, (*valueGenerator).selectFieldOr},
		{"legacy let value", 1, (*valueGenerator).letBody},
		{"overrides", 1, (*valueGenerator).overrides},
		{"fixed point", 1, (*valueGenerator).fixedPoint},
		{"bounded recursion", 1, (*valueGenerator).boundedRecursion},
		{"tryEval value", 2, (*valueGenerator).tryValue},
		{"shadowed name", 1, (*valueGenerator).shadowed},
		{"through JSON", 1, (*valueGenerator).viaJSON},
		{"imported file", 1, (*valueGenerator).importFile},
		{"algorithm", 3, (*valueGenerator).algorithm},
		{"nested with", 2, (*valueGenerator).nestedWith},
		{"rec inherit", 2, (*valueGenerator).recInherit},
		{"update chain", 1, (*valueGenerator).updateChain},
		{"call curried many", 3, (*valueGenerator).curried},
		{"functor with state", 1, (*valueGenerator).statefulFunctor},
		{"or chain", 1, (*valueGenerator).orChain},
		{"early arguments", 2, (*valueGenerator).early},
		{"tryEval twice", 1, (*valueGenerator).tryTwice},
		{"library function", 3, (*valueGenerator).library},
	}
	kindForms = map[kind][]valueRule{
		kindInt: {
			{"int operator", 14, (*valueGenerator).intOperator},
		},
		kindFloat: {
			{"float operator", 14, (*valueGenerator).floatOperator},
		},
		kindBool: {
			{"comparison", 8, (*valueGenerator).comparison},
			{"logic", 8, (*valueGenerator).logic},
			{"has attribute", 5, (*valueGenerator).hasField},
			{"equal", 6, (*valueGenerator).equality},
		},
		kindString: {
			{"interpolated string", 12, (*valueGenerator).interpolated},
			{"string +", 6, (*valueGenerator).stringPlus},
			{"string of set", 3, (*valueGenerator).stringOfSet},
			{"string with context", 5, (*valueGenerator).withContext},
			{"derivation path", 4, (*valueGenerator).derivationPath},
			{"string of any", 5, (*valueGenerator).stringOfAny},
			{"coercion", 4, (*valueGenerator).coercion},
			{"many outputs", 2, (*valueGenerator).manyOutputs},
			{"places", 1, (*valueGenerator).places},
		},
		kindPath: {
			{"path +", 4, (*valueGenerator).pathPlus},
			{"path interpolation", 4, (*valueGenerator).pathInterpolation},
		},
		kindList: {
			{"list ++", 8, (*valueGenerator).listConcat},
			{"long sort", 3, (*valueGenerator).longSort},
			{"closure keys", 3, (*valueGenerator).closureKeys},
		},
		kindAttrs: {
			{"update", 8, (*valueGenerator).update},
			{"dynamic set", 4, (*valueGenerator).dynamicSet},
			{"derivation outputs", 2, (*valueGenerator).derivationOutputs},
		},
		kindSet: {
			{"update fields", 6, (*valueGenerator).updateFields},
			{"set in parts", 3, (*valueGenerator).setInParts},
		},
		kindFunc: {
			{"function value", 12, (*valueGenerator).function},
			{"partial application", 6, (*valueGenerator).partial},
			{"composition", 2, (*valueGenerator).composition},
		},
	}
}

// variable returns a variable in scope that has type t, or a select from one.
func (g *valueGenerator) variable(t *typ) string {
	var found []string
	seen := map[string]bool{}
	for _, with := range []bool{false, true} {
		for _, v := range slices.Backward(g.scope) {
			if v.with != with || seen[v.name] {
				continue
			}
			seen[v.name] = true
			if v.typ == nil {
				continue
			}
			if v.typ.equal(t) {
				found = append(found, v.name)
			}
			for i, name := range v.typ.names {
				if v.typ.fields[i].equal(t) {
					found = append(found, v.name+"."+attrText(name))
				}
			}
		}
	}
	if len(found) == 0 {
		return ""
	}
	s := found[g.IntN(len(found))]
	if strings.Contains(s, ".") && g.chance(0.1) {
		return fmt.Sprintf("(%s or %s)", s, g.throw())
	}
	if strings.Contains(s, ".") {
		return "(" + s + ")"
	}
	return s
}

// inScope writes something below more variables.
func (g *valueGenerator) inScope(vars []variable, write func() string) string {
	g.scope = append(g.scope, vars...)
	defer func() { g.scope = g.scope[:len(g.scope)-len(vars)] }()
	return write()
}

// variableNames are those of variables. They name no builtin.
var variableNames = []string{"a", "b", "c", "d", "e", "f", "g", "x", "y", "z", "foo", "bar", "self", "n", "xs", "or'", "_", "x-1"}

func (g *valueGenerator) name() string { return pick(g.Rand, variableNames...) }

// distinct returns n different variable names.
func (g *valueGenerator) distinct(n int) []string {
	var names []string
	for _, i := range g.Perm(len(variableNames))[:n] {
		names = append(names, variableNames[i])
	}
	return names
}

// recursive writes bindings that can refer to those before them, in random
// order, and what stands below all of them. Some are never used, and throw.
func (g *valueGenerator) recursive(names []string, types []*typ, body func(bindings string) string) string {
	vars := make([]variable, len(names))
	for i, name := range names {
		vars[i] = variable{name: name}
	}
	return g.inScope(vars, func() string {
		texts := make([]string, len(names))
		for i, name := range names {
			if types[i] == nil {
				texts[i] = fmt.Sprintf("%s = %s;", name, g.throw())
				continue
			}
			texts[i] = fmt.Sprintf("%s = %s;", name, g.expr(types[i]))
			g.scope[len(g.scope)-len(names)+i].typ = types[i]
		}
		g.shuffle(texts)
		return body(strings.Join(texts, " "))
	})
}

func (g *valueGenerator) shuffle(texts []string) {
	g.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
}

// someTypes returns types for n variables, few of them nil.
func (g *valueGenerator) someTypes(n int) []*typ {
	types := make([]*typ, n)
	for i := range types {
		if !g.chance(0.08) {
			types[i] = g.anyType(2)
		}
	}
	return types
}

func (g *valueGenerator) letIn(t *typ) string {
	n := 1 + g.IntN(3)
	names, types := g.distinct(n), g.someTypes(n)
	return g.recursive(names, types, func(bindings string) string {
		return fmt.Sprintf("(let %s in %s)", bindings, g.expr(t))
	})
}

func (g *valueGenerator) letInherit(t *typ) string {
	set := g.fieldsType(1 + g.IntN(3))
	var vars []variable
	for i, name := range set.names {
		if isName(name) {
			vars = append(vars, variable{name: name, typ: set.fields[i]})
		}
	}
	if len(vars) == 0 {
		return ""
	}
	// In a let, the set itself is below the names that are inherited.
	hidden := make([]variable, len(vars))
	var names []string
	for i, v := range vars {
		hidden[i] = variable{name: v.name}
		names = append(names, v.name)
	}
	from := g.inScope(hidden, func() string { return g.expr(set) })
	return g.inScope(vars, func() string {
		return fmt.Sprintf("(let inherit (%s) %s; in %s)", from, strings.Join(names, " "), g.expr(t))
	})
}

func (g *valueGenerator) withIn(t *typ) string {
	set := g.fieldsType(1 + g.IntN(3))
	var vars []variable
	for i, name := range set.names {
		if isName(name) {
			vars = append(vars, variable{name: name, typ: set.fields[i], with: true})
		}
	}
	from := g.expr(set)
	return g.inScope(vars, func() string { return fmt.Sprintf("(with %s; %s)", from, g.expr(t)) })
}

func (g *valueGenerator) ifElse(t *typ) string {
	condition := g.expr(typeBool)
	if g.chance(0.15) {
		truth := g.IntN(2) == 0
		branches := []string{g.expr(t), g.throw()}
		if !truth {
			slices.Reverse(branches)
		}
		return fmt.Sprintf("(if %v then %s else %s)", truth, branches[0], branches[1])
	}
	return fmt.Sprintf("(if %s then %s else %s)", condition, g.expr(t), g.expr(t))
}

func (g *valueGenerator) assertTrue(t *typ) string {
	condition := pick(g.Rand, "true", "(true || "+g.throw()+")", "(1 < 2)")
	if g.chance(0.3) {
		condition = g.expr(typeBool)
	}
	return fmt.Sprintf("(assert %s; %s)", condition, g.expr(t))
}

// lambda writes a function, with its argument in scope.
func (g *valueGenerator) lambda(arg, result *typ) string {
	name := g.name()
	return g.inScope([]variable{{name: name, typ: arg}}, func() string {
		return fmt.Sprintf("(%s: %s)", name, g.expr(result))
	})
}

func (g *valueGenerator) call(t *typ) string {
	arg := g.anyType(2)
	return fmt.Sprintf("(%s %s)", g.expr(funcType(arg, t)), g.expr(arg))
}

func (g *valueGenerator) callCurried(t *typ) string {
	a, b := g.anyType(1), g.anyType(1)
	names := g.distinct(2)
	vars := []variable{{name: names[0], typ: a}, {name: names[1], typ: b}}
	body := g.inScope(vars, func() string { return g.expr(t) })
	if g.chance(0.2) {
		return fmt.Sprintf("((%s: %s: %s) %s %s)", names[0], names[1], body, g.expr(a), g.expr(b))
	}
	f := g.distinct(1)[0]
	return fmt.Sprintf("(let %s = (%s: %s: %s) %s; in %[1]s %[6]s)", f, names[0], names[1], body, g.hiding(f, a), g.hiding(f, b))
}

// hiding writes an expression below a variable that it must not use.
func (g *valueGenerator) hiding(name string, t *typ) string {
	return g.inScope([]variable{{name: name}}, func() string { return g.expr(t) })
}

// callFormals applies a function with formals to a set that fits.
func (g *valueGenerator) callFormals(t *typ) string {
	names := g.distinct(1 + g.IntN(3))
	types := g.someTypes(len(names))
	var formals, fields []string
	vars := make([]variable, 0, len(names)+1)
	for i, name := range names {
		if types[i] == nil {
			types[i] = typeInt
		}
		vars = append(vars, variable{name: name})
	}
	at := ""
	if g.chance(0.3) {
		for at = g.name(); slices.Contains(names, at); {
			at = g.name()
		}
		vars = append(vars, variable{name: at})
	}
	outer := len(g.scope)
	for i, name := range names {
		if g.chance(0.35) {
			value := ""
			if g.chance(0.2) {
				value = g.throw()
				fields = append(fields, g.field(name, types[i]))
			} else {
				// Defaults see all the formals; later ones are hidden.
				value = g.inScope(vars, func() string { return g.expr(types[i]) })
				if g.chance(0.4) {
					fields = append(fields, g.field(name, types[i]))
				}
			}
			formals = append(formals, name+" ? "+value)
		} else {
			formals = append(formals, name)
			fields = append(fields, g.field(name, types[i]))
		}
		vars[i].typ = types[i]
	}
	g.scope = g.scope[:outer]
	if g.chance(0.25) {
		formals = append(formals, "...")
		if g.chance(0.5) {
			fields = append(fields, "extra = "+g.throw()+";")
		}
	}
	head := "{ " + strings.Join(formals, ", ") + " }"
	if at != "" {
		head = pick(g.Rand, head+"@"+at, at+"@"+head)
	}
	body := g.inScope(vars, func() string { return g.expr(t) })
	g.shuffle(fields)
	return fmt.Sprintf("((%s: %s) { %s })", head, body, strings.Join(fields, " "))
}

func (g *valueGenerator) field(name string, t *typ) string {
	return fmt.Sprintf("%s = %s;", attrText(name), g.expr(t))
}

func (g *valueGenerator) callFunctor(t *typ) string {
	arg := g.anyType(1)
	own := g.anyType(1)
	names := g.distinct(2)
	self := setType([]string{"v"}, []*typ{own})
	vars := []variable{{name: names[0], typ: self}, {name: names[1], typ: arg}}
	body := g.inScope(vars, func() string { return g.expr(t) })
	return fmt.Sprintf("({ v = %s; __functor = %s: %s: %s; } %s)", g.expr(own), names[0], names[1], body, g.expr(arg))
}

// around returns a set type with a field of type t, and the field's name.
func (g *valueGenerator) around(t *typ) (*typ, string) {
	set := g.fieldsType(1 + g.IntN(2))
	i := g.IntN(len(set.names))
	set.fields[i] = t
	return set, set.names[i]
}

func (g *valueGenerator) selectField(t *typ) string {
	set, name := g.around(t)
	return fmt.Sprintf("(%s.%s)", g.expr(set), g.selector(name))
}

// selector spells an attribute name in one of its ways.
func (g *valueGenerator) selector(name string) string {
	switch {
	case g.chance(0.1):
		return `${` + stringText(name) + `}`
	case g.chance(0.05):
		return `${(` + g.hiddenThrow() + stringText(name) + `)}`
	case g.chance(0.1):
		return stringText(name)
	}
	return attrText(name)
}

// hiddenThrow is the start of an expression with a throw that is not forced.
func (g *valueGenerator) hiddenThrow() string {
	return fmt.Sprintf("let hidden = %s; in ", g.throw())
}

func (g *valueGenerator) selectFieldOr(t *typ) string {
	switch g.IntN(4) {
	case 0:
		set, name := g.around(t)
		return fmt.Sprintf("(%s.%s or %s)", g.expr(set), g.selector(name), g.throw())
	case 1:
		return fmt.Sprintf("(%s.missing or %s)", g.expr(g.fieldsType(1)), g.expr(t))
	case 2:
		return fmt.Sprintf("(%s.a.b.c or %s)", pick(g.Rand, "null", "{ }", "{ a = 1; }", "{ a.b = [ ]; }", "{ a.x = "+g.throw()+"; }", "(1)", "(x: x)"), g.expr(t))
	}
	set, name := g.around(t)
	return fmt.Sprintf("({ s = %s; }.s.%s or %s)", g.expr(set), g.selector(name), g.expr(t))
}

func (g *valueGenerator) letBody(t *typ) string {
	names := append(g.distinct(1), "body")
	return g.recursive(names, []*typ{g.anyType(1), t}, func(bindings string) string {
		return fmt.Sprintf("(let { %s })", bindings)
	})
}

func (g *valueGenerator) overrides(t *typ) string {
	names := g.distinct(2)
	return g.inScope([]variable{{name: names[0]}, {name: names[1]}}, func() string {
		return fmt.Sprintf("(rec { %s = %s; %s = %[1]s; __overrides = %[4]s; }.%[5]s)",
			names[0], g.leaf(t), names[1], g.expr(setType(names[:1], []*typ{t})), pick(g.Rand, names...))
	})
}

func (g *valueGenerator) fixedPoint(t *typ) string {
	other := g.anyType(1)
	self := g.name()
	first := g.hiding(self, other)
	knot := variable{name: self, typ: setType([]string{"p"}, []*typ{other})}
	body := g.inScope([]variable{knot}, func() string { return g.expr(t) })
	set := fmt.Sprintf("{ p = %s; q = %s; }", first, body)
	switch g.IntN(3) {
	case 0:
		return fmt.Sprintf("(((let fix = h: let r = h r; in r; in fix) (%s: %s)).q)", self, set)
	case 1:
		return fmt.Sprintf("((let fix = h: h (fix h); in fix (%s: %s)).q)", self, set)
	}
	return fmt.Sprintf("(((h: (w: w w) (w: h (w w))) (%s: %s)).q)", self, set)
}

func (g *valueGenerator) boundedRecursion(t *typ) string {
	end := g.expr(t)
	n := g.IntN(12)
	switch g.IntN(3) {
	case 0:
		return fmt.Sprintf("(let go = i: if i == 0 then %s else go (builtins.sub i 1); in go %d)", end, n)
	case 1:
		return fmt.Sprintf("(let even = i: if i == 0 then { v = %s; } else odd (builtins.sub i 1); odd = i: if i == 0 then { v = %s; } else even (builtins.sub i 1); in (even %d).v)",
			end, g.expr(t), n)
	}
	return fmt.Sprintf("(builtins.foldl' (acc: i: if i > %d then acc else acc) %s (builtins.genList (i: i) %d))", g.IntN(5), end, n)
}

func (g *valueGenerator) tryValue(t *typ) string {
	g.use("tryEval")
	switch g.IntN(4) {
	case 0:
		return fmt.Sprintf("(let r = builtins.tryEval %s; in if r.success then r.value else %s)", g.throw(), g.hiding("r", t))
	case 1:
		return fmt.Sprintf("(let r = builtins.tryEval (assert %s; %s); in if r.success then r.value else %s)", g.hiding("r", typeBool), g.hiding("r", t), g.hiding("r", t))
	}
	return fmt.Sprintf("((builtins.tryEval %s).value)", g.expr(t))
}

// shadowed rebinds names that mean something without a binding.
func (g *valueGenerator) shadowed(t *typ) string {
	value := g.expr(t)
	throw := g.throw()
	switch g.IntN(7) {
	case 0:
		return fmt.Sprintf("(let true = false; in if true then %s else %s)", throw, value)
	case 1:
		return fmt.Sprintf("(let __sub = p: q: { v = %s; }; in (1 - 2).v)", value)
	case 2:
		return fmt.Sprintf("(let __lessThan = p: q: %s; in if 2 > 1 then %s else %s)", pick(g.Rand, "true", "false"), value, value)
	case 3:
		return fmt.Sprintf("(let __mul = p: q: p; __div = p: q: q; in builtins.elemAt [ %s ] (0 * %d / 0))", value, g.IntN(3))
	case 4:
		return fmt.Sprintf("(with { map = %s; null = 1; }; if null == null then %s else map)", throw, value)
	case 5:
		return fmt.Sprintf("(let or = %s; in ((i: i) or))", value)
	}
	return fmt.Sprintf("((builtins: builtins.v) { v = %s; })", value)
}

// viaJSON takes a value through text.
func (g *valueGenerator) viaJSON(t *typ) string {
	if !t.plain() {
		return ""
	}
	g.use("fromJSON")
	g.use("toJSON")
	return fmt.Sprintf("(builtins.fromJSON (builtins.toJSON %s))", g.expr(t))
}

// throw returns an expression that fails with a message of its own.
func (g *valueGenerator) throw() string {
	g.throws++
	return fmt.Sprintf(`(throw "t%d")`, g.throws)
}

// use notes that a builtin occurs.
func (g *valueGenerator) use(name string) { g.used["builtins."+name] = true }
