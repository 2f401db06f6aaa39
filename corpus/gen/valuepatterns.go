package gen

// This file defines longer patterns in the programs of ValueProgram: what
// programs that people write are made of, and what is hard to evaluate.

import (
	"fmt"
	"strings"
)

// nestedWith writes several withs, of which inner ones hide outer ones.
func (g *valueGenerator) nestedWith(t *typ) string {
	var b strings.Builder
	b.WriteString("(")
	before := len(g.scope)
	defer func() { g.scope = g.scope[:before] }()
	if g.chance(0.2) {
		fmt.Fprintf(&b, "with %s; ", g.throw()) // forced for what the others do not have
	}
	for range 2 + g.IntN(3) {
		set := g.fieldsType(1 + g.IntN(3))
		fmt.Fprintf(&b, "with %s; ", g.expr(set))
		for i, name := range set.names {
			if isName(name) {
				g.scope = append(g.scope, variable{name: name, typ: set.fields[i], with: true})
			}
		}
	}
	if g.chance(0.3) {
		return b.String() + fmt.Sprintf("(%s: %s) 1)", g.distinctFromScope(), g.expr(t))
	}
	return b.String() + g.expr(t) + ")"
}

// distinctFromScope returns the name of a parameter that hides nothing.
func (g *valueGenerator) distinctFromScope() string { return pick(g.Rand, "unused", "p", "q'") }

// recInherit writes a recursive set that inherits.
func (g *valueGenerator) recInherit(t *typ) string {
	set := g.fieldsType(2 + g.IntN(3))
	var vars, hidden []variable
	var names []string
	for i, name := range set.names {
		if isName(name) {
			vars = append(vars, variable{name: name, typ: set.fields[i]})
			hidden = append(hidden, variable{name: name})
			names = append(names, name)
		}
	}
	from := g.inScope(hidden, func() string { return g.expr(set) })
	inherits := fmt.Sprintf("inherit (%s) %s;", from, strings.Join(names, " "))
	if g.chance(0.3) {
		inherits = fmt.Sprintf("inherit (source) %s; source = %s;", strings.Join(names, " "), from)
	}
	return g.inScope(vars, func() string {
		result := g.expr(t)
		if g.chance(0.3) {
			return fmt.Sprintf("(let %s in %s)", inherits, result)
		}
		return fmt.Sprintf("(rec { result = %s; %s }.result)", result, inherits)
	})
}

// layerName is an attribute name of updateChain.
func (g *valueGenerator) layerName() string { return fmt.Sprintf("k%d", g.IntN(40)) }

// layers returns an expression for a set with many attributes of type elem, put
// together from many sets. It has k0, and perhaps k1 to k39.
func (g *valueGenerator) layers(elem *typ) string {
	layer := func() string {
		var b strings.Builder
		b.WriteString("{ ")
		seen := map[string]bool{}
		for range pick(g.Rand, 0, 1, 1, 2, 3, 5, 18) {
			if name := g.layerName(); !seen[name] {
				seen[name] = true
				fmt.Fprintf(&b, "%s = %s; ", name, g.leaf(elem))
			}
		}
		return b.String() + "}"
	}
	n := pick(g.Rand, 2, 3, 5, 9, 12, 18)
	text := fmt.Sprintf("{ k0 = %s; }", g.leaf(elem))
	switch g.IntN(3) {
	case 0:
		sets := []string{text}
		for range n {
			sets = append(sets, layer())
		}
		return fmt.Sprintf("(builtins.foldl' (l: r: l // r) { } [ %s ])", strings.Join(sets, " "))
	case 1:
		for range n {
			text += " // " + layer()
		}
		return "(" + text + ")"
	}
	for range n {
		switch g.IntN(8) {
		case 0:
			text = fmt.Sprintf("(builtins.removeAttrs (%s) [ \"%s\" \"k1\" ] // { k0 = %s; })", text, g.layerName(), g.leaf(elem))
		case 1:
			text = fmt.Sprintf("(builtins.mapAttrs (n: v: v) (%s))", text)
		case 2:
			text = fmt.Sprintf("(builtins.intersectAttrs { k0 = 1; k1 = 1; k2 = 1; k3 = 1; k30 = 1; } (%s) // %s)", text, layer())
		case 3:
			text = fmt.Sprintf("(%s // (%s))", layer(), text)
		case 4:
			text = fmt.Sprintf("((%s) // %s // %s)", text, layer(), layer())
		case 5:
			text = fmt.Sprintf("(let s = %s; in s // { k0 = s.k0; k1 = s.k%d or s.k0; })", text, g.IntN(40))
		default:
			text = fmt.Sprintf("((%s) // %s)", text, layer())
		}
	}
	return text
}

// updateChain writes a set of many layers, or an attribute of one.
func (g *valueGenerator) updateChain(t *typ) string {
	switch t.kind {
	case kindAttrs:
		return g.layers(t.elem)
	case kindBool:
		if g.chance(0.5) {
			return fmt.Sprintf("(%s ? %s)", g.layers(typeInt), g.layerName())
		}
		return fmt.Sprintf("(%s == %s)", g.layers(typeInt), g.layers(typeInt))
	case kindList:
		return fmt.Sprintf("(builtins.attrValues %s)", g.layers(t.elem))
	case kindString:
		if g.chance(0.5) {
			return fmt.Sprintf("(toString (builtins.attrNames %s))", g.layers(typeInt))
		}
	}
	layers := g.layers(t)
	if g.chance(0.5) {
		return fmt.Sprintf("(%s.k0)", layers)
	}
	return fmt.Sprintf("(%s.%s or %s)", layers, g.layerName(), g.expr(t))
}

// places writes positions, which only things in files have.
func (g *valueGenerator) places(*typ) string {
	outer := g.scope
	defer func() { g.scope = outer }()
	g.scope = nil
	g.use("unsafeGetAttrPos")
	var text string
	switch g.IntN(6) {
	case 0:
		text = fmt.Sprintf(`builtins.unsafeGetAttrPos "%s" %s`, g.layerName(), g.layers(typeInt))
	case 1:
		text = fmt.Sprintf("let s = %s; in builtins.mapAttrs (n: v: builtins.unsafeGetAttrPos n s) s", g.layers(typeInt))
	case 2:
		t := g.fieldsType(2)
		text = fmt.Sprintf("let s = %s; in builtins.mapAttrs (n: v: builtins.unsafeGetAttrPos n s) s", g.expr(t))
	case 3:
		text = fmt.Sprintf("let s = %s; in map (n: builtins.unsafeGetAttrPos n s) (builtins.attrNames s)", g.expr(attrsType(typeInt)))
	case 4:
		text = fmt.Sprintf("[ __curPos %s __curPos ]", g.expr(typeInt))
	default:
		text = fmt.Sprintf("let f = %s; in builtins.mapAttrs (n: v: builtins.unsafeGetAttrPos n (builtins.functionArgs f)) (builtins.functionArgs f)", g.expr(funcType(g.fieldsType(2), typeInt)))
	}
	return fmt.Sprintf(`(builtins.toJSON (import (builtins.toFile "p.nix" %s)))`, stringText(text))
}

// curried writes a function of three to five arguments, some of which it
// matches, and applies it step by step.
func (g *valueGenerator) curried(t *typ) string {
	n := 3 + g.IntN(3)
	names := g.distinct(n)
	var head, args, steps []string
	var vars []variable
	for i, name := range names {
		switch {
		case g.chance(0.35):
			field := g.anyType(1)
			formals := fmt.Sprintf("{ %s%s%s }", name, pick(g.Rand, "", " ? "+g.throw()), pick(g.Rand, "", ", more ? 1", ", ..."))
			if g.chance(0.2) {
				formals += fmt.Sprintf("@all%d", i)
			}
			head = append(head, formals+": ")
			args = append(args, fmt.Sprintf("{ %s = %s; }", name, g.expr(field)))
			vars = append(vars, variable{name: name, typ: field})
		case g.chance(0.15):
			head = append(head, name+": ")
			args = append(args, g.throw())
			vars = append(vars, variable{name: name})
		default:
			arg := g.anyType(1)
			head = append(head, name+": ")
			args = append(args, g.expr(arg))
			vars = append(vars, variable{name: name, typ: arg})
		}
		if g.chance(0.1) {
			head[i] += pick(g.Rand, "assert true; ", "let local = 1; in ", "with { }; ")
		}
	}
	body := g.inScope(vars, func() string { return g.expr(t) })
	fn := "(" + strings.Join(head, "") + body + ")"
	switch g.IntN(4) {
	case 0:
		return fmt.Sprintf("(%s %s)", fn, strings.Join(args, " "))
	case 1:
		for i, arg := range args[:n-1] {
			steps = append(steps, fmt.Sprintf("step%d = step%d %s;", i+1, i, arg))
		}
		return fmt.Sprintf("(let step0 = %s; %s in step%d %s)", fn, strings.Join(steps, " "), n-1, args[n-1])
	case 2:
		k := 1 + g.IntN(n-1)
		return fmt.Sprintf("(let part = %s %s; twice = [ (part %s) (part %[3]s) ]; in builtins.elemAt twice %d)", fn, strings.Join(args[:k], " "), strings.Join(args[k:], " "), g.IntN(2))
	}
	return fmt.Sprintf("(builtins.foldl' (fn: arg: fn arg) %s [ %s ])", fn, strings.Join(args, " "))
}

// statefulFunctor applies functors that return functors.
func (g *valueGenerator) statefulFunctor(t *typ) string {
	switch t.kind {
	case kindInt:
		return fmt.Sprintf("(({ n = %s; __functor = self: k: self // { n = builtins.bitXor self.n k; }; } %s %s).n)", g.expr(typeInt), g.expr(typeInt), g.expr(typeInt))
	case kindList:
		return fmt.Sprintf("(({ seen = %s; __functor = self: k: self // { seen = self.seen ++ [ k ]; }; } %s %s).seen)", g.expr(t), g.expr(t.elem), g.expr(t.elem))
	case kindBool:
		return fmt.Sprintf("(builtins.all { __functor = self: k: %s; } %s)", g.hiding("k", typeBool), g.expr(listType(typeInt)))
	}
	return fmt.Sprintf("({ __functor = { __functor = outer: self: k: self.v; }; v = %s; } %s)", g.expr(t), g.throw())
}

// orChain writes selections with defaults that are selections.
func (g *valueGenerator) orChain(t *typ) string {
	var b strings.Builder
	b.WriteString("(")
	for range 1 + g.IntN(4) {
		fmt.Fprintf(&b, "(%s).%s.%s or ", g.expr(g.fieldsType(1)), pick(g.Rand, "no", "a", "b", `${"n" + "o"}`, `"x y"`), pick(g.Rand, "no", "such", `"attr"`))
	}
	if g.chance(0.5) {
		set, name := g.around(t)
		return b.String() + fmt.Sprintf("(%s).%s)", g.expr(set), g.selector(name))
	}
	return b.String() + g.expr(t) + ")"
}

// early writes a call of a function that looks at its parameters in some order,
// with arguments that may fail.
func (g *valueGenerator) early(t *typ) string {
	odd := g.fail > 0 && g.chance(0.1) // may fail so that tryEval does not catch it
	arg := func() string {
		text := g.expr(typeInt)
		switch g.IntN(14) {
		case 0:
			return g.throw()
		case 1:
			return fmt.Sprintf("(let h = v: v + %s; in h 1)", g.throw())
		case 2:
			if odd {
				return pick(g.Rand, "{ }", "null", `"a"`, "[ 1 ]")
			}
		case 3:
			return fmt.Sprintf("({ x = %s; }.x)", text)
		case 4:
			return fmt.Sprintf("(assert %s > 0; 1)", text)
		}
		return text
	}
	body := pick(g.Rand,
		"if a < b then c else a + c", "b + a * c", "assert a == b; c", "assert b != a; c", "(x: x + a) b + c", "let q = b; in a - q - c", "with { inherit c; }; b - a + c",
		"builtins.seq b (a + c)", "builtins.bitAnd c (a + b)", "(if c == a then builtins.add else builtins.sub) b a", "-c + b", "if !(a == c) then b else c",
		"{ x = b; y = a; }.x + c", "({ c, b }: c - b) { inherit b c; }", "builtins.length (builtins.filter (x: x < c) [ b a ])", "let inherit (builtins) add; in add (add b c) a",
		"(a // { x = b; }).x or c", "builtins.foldl' (p: q: p + q) c [ b a ]", "if a ? x then b else c", "a.x or (b + c)", `builtins.stringLength "${toString c}${toString a}${toString b}"`,
		"g' c b a", "(g' a) b c", "if a > c && b > a || c >= b then a else b", "builtins.div a b + c", "let x = a; y = x + b; in if y <= c then y else x", "builtins.head (map (x: x + b) [ c a ])")
	if odd {
		body = pick(g.Rand, "builtins.elemAt [ a b c ] b", "builtins.add a (throw \"late\")", "builtins.deepSeq [ c a ] b", "rec { x = c; y = x + a; z = y - b; }.z", "a == b -> c", "[ a ] ++ b", "builtins.sort (x: y: x < y) [ c b a ] == [ ]",
			"builtins.addErrorContext \"looking at ${toString c}\" (b - a)", "builtins.getAttr \"x\" { x = b; y = a; } - c", "builtins.hasAttr c { } || a", "builtins.substring a b \"text\"", "c a b",
			"builtins.genList (x: x + a) (builtins.bitAnd b 7)", "if builtins.isInt c then a else b", "builtins.typeOf b == \"int\" && a", "builtins.toJSON [ c b a ]", "a + (b + c)", "(a + b) + c", "c: a - b", "!c", "a < b", "a <= b", "b > c", "a >= c", "b c a")
	}
	pattern := pick(g.Rand, "a: b: c: ", "{ a, b, c }: ", "{ a, b ? c, c ? 1 }: ", "a: { b, c }: ", "args@{ a, b, ... }: c: ", "{ a }: b: { c, ... }@rest: ")
	call := ""
	switch {
	case strings.HasPrefix(pattern, "a: b"):
		call = fmt.Sprintf("%s %s %s", arg(), arg(), arg())
	case strings.HasPrefix(pattern, "{ a, b"):
		call = fmt.Sprintf("{ a = %s; b = %s; c = %s; }", arg(), arg(), arg())
	case strings.HasPrefix(pattern, "a: {"):
		call = fmt.Sprintf("%s { b = %s; c = %s; }", arg(), arg(), arg())
	case strings.HasPrefix(pattern, "args"):
		call = fmt.Sprintf("{ a = %s; b = %s; d = %s; } %s", arg(), arg(), arg(), arg())
	default:
		call = fmt.Sprintf("{ a = %s; } %s { c = %s; }", arg(), arg(), arg())
	}
	text := fmt.Sprintf("(let g' = x: y: z: z - x; f' = %s%s; in f' %s)", pattern, body, call)
	if g.chance(0.3) {
		text = fmt.Sprintf("((%s%s) %s)", pattern, strings.ReplaceAll(body, "g'", "(x: y: z: y - x)"), call)
	}
	if t.kind == kindBool {
		return fmt.Sprintf("((builtins.tryEval %s).success)", text)
	}
	if g.fail <= 0 || g.chance(0.7) {
		return fmt.Sprintf("(builtins.seq (builtins.tryEval %s) %s)", text, g.expr(t))
	}
	return text
}

// tryTwice catches a failure, and meets it again.
func (g *valueGenerator) tryTwice(t *typ) string {
	g.use("tryEval")
	failing := pick(g.Rand, "(throw \"again\")", "(assert false; 1)", "(assert 1 == 2; 1)", "(let h = v: throw \"in h\"; in h 1)", "({ a = throw \"in a\"; }.a)", "(builtins.head [ (throw \"in list\") ])",
		"(if (throw \"in if\") then 1 else 2)", "(with (throw \"in with\"); q)", "(map (throw \"in map\") [ 1 ])", "(builtins.foldl' (x: y: throw \"in fold\") 0 [ 1 2 ])", "(let inherit (throw \"in inherit\") a; in a)",
		"(throw \"x\" + 1)", "(\"${throw \"in string\"}\")", "(builtins.addErrorContext \"twice\" (throw \"in context\"))", g.throw())
	expression := pick(g.Rand, "v", "v", "[ v ]", "{ inherit v; }", "(builtins.seq v 1)", "(builtins.deepSeq [ v ] 1)", "(v + 1)", "(f v)", "(f (f v))")
	if g.fail > 0 && g.chance(0.15) {
		return fmt.Sprintf("(let f = x: builtins.seq x x; v = %s; in builtins.seq (builtins.tryEval %s) %s)", failing, expression, pick(g.Rand, "v", "(f v)", "v", "(v.a)", "(1 + v)"))
	}
	return fmt.Sprintf("(let f = x: builtins.seq x x; v = %s; tried = [ (builtins.tryEval %s) (builtins.tryEval v) (builtins.tryEval (f v)) ]; in builtins.deepSeq tried (if (builtins.elemAt tried %d).success then %s else %s))",
		failing, expression, g.IntN(3), g.hidingAll([]string{"f", "v", "tried"}, t), g.hidingAll([]string{"f", "v", "tried"}, t))
}

func (g *valueGenerator) hidingAll(names []string, t *typ) string {
	vars := make([]variable, len(names))
	for i, name := range names {
		vars[i].name = name
	}
	return g.inScope(vars, func() string { return g.expr(t) })
}

// coercion makes a string of something nested.
func (g *valueGenerator) coercion(*typ) string {
	var part func(depth int) string
	part = func(depth int) string {
		if depth == 0 || g.chance(0.4) {
			return pick(g.Rand, "1", "(-0.0)", "1.5", "true", "false", "null", `"s"`, `""`, "[ ]", "/a", "{ outPath = \"o\"; }", "{ __toString = x: x.s; s = \"t\"; }", "{ outPath = /b; }", "\"x y\"",
				"{ outPath = { __toString = x: \"deep\"; }; }", "{ __toString = x: { outPath = \"p\"; }; }", "./r", "1.0e30", "[ [ ] ]", g.expr(typeString))
		}
		var parts []string
		for range g.IntN(4) {
			parts = append(parts, part(depth-1))
		}
		return "[ " + strings.Join(parts, " ") + " ]"
	}
	text := "[ " + part(2) + " " + part(1) + " ]"
	return pick(g.Rand, "(toString "+text+")", "(builtins.concatStringsSep \"-\" (map toString "+text+"))", "(toString (builtins.head "+text+"))", "(builtins.toString [ \"a\" "+text+" ])",
		"(builtins.toJSON "+text+")", "(builtins.hashString \"sha256\" (toString "+text+"))", "(toString ["+text+"])")
}

// manyOutputs selects from a derivation with several outputs.
func (g *valueGenerator) manyOutputs(*typ) string {
	g.use("derivation")
	outputs := pick(g.Rand, `"out" "dev" "lib"`, `"bin" "dev" "out" "doc"`, `"lib" "out"`, `"a" "b" "c" "d" "e"`)
	attrs := fmt.Sprintf("name = \"m\"; system = \"s\"; builder = \"b\"; outputs = [ %s ];", outputs)
	for i := range g.IntN(3) {
		attrs += fmt.Sprintf(" env%d = %s;", i, g.expr(g.environmentType()))
	}
	if g.chance(0.2) {
		attrs += " __structuredAttrs = true;"
	}
	first := strings.Trim(strings.Fields(outputs)[0], `"`)
	other := strings.Trim(strings.Fields(outputs)[1], `"`)
	use := pick(g.Rand, "toString d.all", "d."+other+".outPath", "builtins.toJSON (map (o: o.outputName) d.all)", "d.drvPath", "\"${d}\"", "\"${d."+first+"}\"", "toString (map (o: o."+other+") d.all)",
		"builtins.toJSON (builtins.getContext \"${d."+other+"}${d."+first+"}\")", "builtins.toJSON (builtins.attrNames d)", "d."+other+"."+first+".name", "builtins.toJSON (d == d."+other+")",
		"builtins.toJSON (builtins.getContext (builtins.unsafeDiscardOutputDependency d.drvPath))", "builtins.toXML d.outputs", "(derivation { name = \"user\"; system = \"s\"; builder = d; args = d.all; }).drvPath",
		"(derivation { name = \"user\"; system = \"s\"; builder = \"${d."+other+"}/bin\"; e = [ d d."+other+" ]; }).outPath", "builtins.toJSON d", "d."+other+".drvPath", "toString d", "d.outputName + d.type")
	return fmt.Sprintf("(let d = derivation { %s }; in %s)", attrs, use)
}

// library calls a function of the kind that libraries have.
func (g *valueGenerator) library(t *typ) string {
	switch g.IntN(12) {
	case 0: // foldr
		return fmt.Sprintf("(let foldr = op: nul: list: let len = builtins.length list; fold' = n: if n == len then nul else op (builtins.elemAt list n) (fold' (builtins.add n 1)); in fold' 0; in foldr (x: acc: %s) %s %s)",
			pick(g.Rand, "acc", "builtins.seq x acc", "if builtins.isInt x then acc else acc"), g.expr(t), g.expr(listType(g.anyType(1))))
	case 1: // extends
		set, name := g.around(t)
		return fmt.Sprintf("(let fix = f: let x = f x; in x; extends = f: rattrs: self: let super = rattrs self; in super // f self super; base = self: %s; over = self: super: { added = super.%[2]s; twice = self.added; }; in (fix (extends over base)).%[3]s)",
			g.hiding("self", set), g.selector(name), pick(g.Rand, "added", "twice", g.selector(name)))
	case 2: // callPackage
		names := g.distinct(2)
		types := []*typ{g.anyType(1), g.anyType(1)}
		vars := []variable{{name: names[0], typ: types[0]}, {name: names[1], typ: types[1]}}
		body := g.inScope(vars, func() string { return g.expr(t) })
		return fmt.Sprintf("((auto: f: args: f (builtins.intersectAttrs (builtins.functionArgs f) auto // args)) { %s = %s; %s = %s; other = %s; } ({ %[1]s, %[3]s%[6]s }: %[7]s) %[8]s)",
			names[0], g.expr(types[0]), names[1], g.expr(types[1]), g.throw(), pick(g.Rand, "", ", ...", ", more ? null", ", more"), body, pick(g.Rand, "{ }", "{ more = 1; }", "{ "+names[0]+" = "+g.expr(types[0])+"; }"))
	case 3: // makeOverridable
		field := g.anyType(1)
		name := g.name()
		body := g.inScope([]variable{{name: name, typ: field}}, func() string { return g.expr(t) })
		return fmt.Sprintf("((let make = f: args: let r = f args; in { value = r; override = new: make f (args // (if builtins.isFunction new then new args else new)); }; in ((make ({ %s }: %s) { %[1]s = %[3]s; }).override (%[4]s{ %[1]s = %[5]s; })).value))",
			name, body, g.throw(), pick(g.Rand, "", "old: "), g.expr(field))
	case 4: // recursiveUpdate
		set, name := g.around(t)
		return fmt.Sprintf("(let merge = l: r: builtins.zipAttrsWith (n: vs: if builtins.length vs == 1 then builtins.head vs else let a = builtins.elemAt vs 0; b = builtins.elemAt vs 1; in if builtins.isAttrs a && builtins.isAttrs b then merge a b else b) [ l r ]; in (merge %s %s).%s)",
			g.expr(g.fieldsType(2)), g.expr(set), g.selector(name))
	case 5: // filterAttrs
		if t.kind != kindAttrs {
			return ""
		}
		return fmt.Sprintf("((pred: set: builtins.listToAttrs (builtins.concatMap (name: let v = set.${name}; in if pred name v then [ { inherit name; value = v; } ] else [ ]) (builtins.attrNames set))) (n: v: %s) %s)", g.hidingAll([]string{"n", "v"}, typeBool), g.expr(t))
	case 6: // genAttrs
		if t.kind != kindAttrs {
			return ""
		}
		return fmt.Sprintf("((names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names)) %s %s)", g.expr(listType(typeString)), g.expr(funcType(typeString, t.elem)))
	case 7: // attrByPath
		return fmt.Sprintf("(let byPath = path: def: e: let attr = builtins.head path; in if path == [ ] then e else if e ? ${attr} then byPath (builtins.tail path) def e.${attr} else def; in byPath [ \"x\" \"y\" ] %s { x = { %s = %s; }; })",
			g.expr(t), pick(g.Rand, "y", "z"), g.expr(t))
	case 8: // flatten
		if t.kind != kindList {
			return ""
		}
		return fmt.Sprintf("(let flatten = x: if builtins.isList x then builtins.concatMap flatten x else [ x ]; in builtins.seq (flatten [ 1 %s [ [ ] [ 2 ] ] ]) %s)", g.expr(t), g.expr(t))
	case 9: // unique
		if t.kind != kindList {
			return ""
		}
		return fmt.Sprintf("(builtins.foldl' (acc: e: if builtins.elem e acc then acc else acc ++ [ e ]) [ ] %s)", g.expr(t))
	case 10: // pipe
		return fmt.Sprintf("(builtins.foldl' (x: f: f x) %s [ (x: [ x ]) builtins.head (x: { inherit x; }) (s: s.x) ])", g.expr(t))
	}
	// module-like fixed point over a list
	return fmt.Sprintf("(let config = builtins.foldl' (acc: m: acc // m config) { } [ (c: { a = %s; }) (c: { b = c.a; }) (c: { c = c.b; a = c.d; d = %[1]s; }) ]; in config.c)", g.hidingAll([]string{"c", "acc", "m", "config"}, t))
}

// shown fails with a message that shows a value.
func (g *valueGenerator) shown() string {
	v := g.expr(g.anyType(2))
	switch g.IntN(5) {
	case 0:
		v = pick(g.Rand, "(builtins.genList (i: i) 15)", "(builtins.genList (i: [ i i ]) 12)", "{ a.b.c.d.e.f.g.h.i.j.k.l = 1; }", "[ [ [ [ [ [ [ [ [ [ [ 1 ] ] ] ] ] ] ] ] ] ] ]",
			"(builtins.listToAttrs (builtins.genList (i: { name = \"n${toString i}\"; value = i; }) 14))", "(let s = { a = s; b = 1; }; in s)", "(let l = [ l 1 2 3 ]; in l)",
			"[ 1 (1 + 1) (x: x) map (map 1) null 1.5 true \"a\\n\\\"\" /p { } [ ] (throw \"no\") ]", "{ type = \"derivation\"; name = \"n\"; }", "(derivation { name = \"n\"; system = \"s\"; builder = \"b\"; })",
			"(builtins.concatStringsSep \"\" (builtins.genList (i: \"0123456789\") 110))", "{ _type = 1; type = 2; a = 3; B = 4; }", "({ a, b ? 1 }: a)", "[ { x = 1; } { x = 1; } ]")
	case 1:
		v = g.layers(g.anyType(1))
	case 2:
		v = fmt.Sprintf("(let v = %s; in builtins.deepSeq v v)", v)
	}
	return fmt.Sprintf(pick(g.Rand, `("a" + [ %s ])`, `(1 + { x = %s; })`, `({ x = %s; } 1)`, `(builtins.length { x = %s; })`, `(if [ %s ] then 1 else 2)`, `(builtins.head { v = %s; })`, `(assert [ %s ] == [ ]; 1)`,
		`(assert { x = %s; } == { x = 1; }; 1)`, `(assert { x = %s; } == { y = 1; }; 1)`, `(let v = %s; in assert [ v 1 ] == [ v 2 ]; 1)`, `(builtins.attrNames [ %s ])`, `({ x = %s; } < 1)`, `([ %s ] ++ 1)`,
		`(1 ++ [ %s ])`, `({ } // [ %s ])`, `(toString { v = %s; })`, `("${[ %s ]}")`, `(!{ v = %s; })`, `(builtins.add { v = %s; } 1)`, `(let v = %s; in builtins.seq v ("a" + [ v ]))`,
		`((x: 1 + [ x ]) %s)`, `(({ x }: x.y.z) { x.y = [ %s ]; })`, `(with { x = %s; }; [ x ] 1)`, `(let s = { x = %s; y = s.x; }; in builtins.seq s.y (s 1))`, `(rec { x = %s; y = [ x ]; z = 1 + y; }.z)`), v)
}
