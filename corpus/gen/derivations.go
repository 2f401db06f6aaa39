package gen

// This file defines derivations in the programs of ValueProgram.

import (
	"fmt"
	"strings"
)

// derivationPath returns the path of a derivation or of one of its outputs.
func (g *valueGenerator) derivationPath(*typ) string {
	name := pick(g.Rand, "outPath", "drvPath", "outPath", "out.outPath", "name", "type", "outputName", "system", "drvAttrs.name", "out.drvPath")
	return fmt.Sprintf("(%s.%s)", g.derivation(), name)
}

func (g *valueGenerator) derivationOutputs(t *typ) string {
	if t.elem.kind != kindString {
		return ""
	}
	g.use("derivationStrict")
	return fmt.Sprintf("(builtins.derivationStrict %s)", g.derivationAttrs())
}

func (g *valueGenerator) derivation() string {
	g.use("derivation")
	return fmt.Sprintf("(%s %s)", pick(g.Rand, "derivation", "builtins.derivation"), g.derivationAttrs())
}

// derivationAttrs returns the set that describes a derivation.
func (g *valueGenerator) derivationAttrs() string {
	attrs := []string{
		"name = " + g.mostly(`"n"`, `"foo-1.2"`, `"x+y"`) + ";",
		"system = " + g.mostly(`"x86_64-linux"`, `"s"`) + ";",
		"builder = " + g.mostly(`"/bin/sh"`, `"b"`) + ";",
	}
	if g.chance(0.4) {
		attrs = append(attrs, "args = "+g.expr(listType(typeString))+";")
	}
	if g.chance(0.2) {
		attrs = append(attrs, "outputs = "+pick(g.Rand, `[ "out" ]`, `[ "out" "dev" ]`, `[ "dev" "out" ]`, `[ "lib" ]`, `[ ]`, `[ "out" "out" ]`, `[ "a b" ]`, `[ "drv" ]`, `"out dev"`, `[ "drvPath" ]`)+";")
	}
	if g.chance(0.2) {
		attrs = append(attrs, fixedOutput(g)...)
	}
	if g.chance(0.15) {
		attrs = append(attrs, "__structuredAttrs = "+g.mostly("true", "true", "false")+";")
	}
	if g.chance(0.1) {
		attrs = append(attrs, "__ignoreNulls = "+g.mostly("true", "false")+";", "nothing = null;")
	}
	if g.chance(0.08) {
		attrs = append(attrs, pick(g.Rand,
			"__contentAddressed = true;", "__impure = true;", `passAsFile = [ "env1" ];`, `allowedReferences = [ "out" ];`, `disallowedRequisites = [ ];`,
			`exportReferencesGraph = [ "g" `+g.withContext(nil)+` ];`, `outputChecks.out.maxSize = 10;`, `__json = "{}";`, "impureEnvVars = 1;", "requiredSystemFeatures = [ ];", "preferLocalBuild = true;"))
	}
	for i := range pick(g.Rand, 0, 0, 1, 1, 2) {
		attrs = append(attrs, fmt.Sprintf("env%d = %s;", i, g.expr(g.environmentType())))
	}
	if g.room > 5 && g.chance(0.3) {
		attrs = append(attrs, "input = "+g.derivation()+pick(g.Rand, "", "", ".drvPath", ".out", ".outPath")+";")
	}
	g.shuffle(attrs)
	return "{ " + strings.Join(attrs, " ") + " }"
}

// mostly returns one of some texts, or seldom a string that can be anything.
func (g *valueGenerator) mostly(texts ...string) string {
	if g.chance(0.07) {
		return g.expr(pick(g.Rand, typeString, typeString, typeAny))
	}
	return pick(g.Rand, texts...)
}

// environmentType is the type of an attribute that the builder is given.
func (g *valueGenerator) environmentType() *typ {
	t := pick(g.Rand, typeString, typeString, typeInt, typeBool, typeNull, typeFloat)
	if g.chance(0.25) {
		return listType(t)
	}
	return t
}

func fixedOutput(g *valueGenerator) []string {
	hash := pick(g.Rand, hashes...)
	attrs := []string{
		"outputHash = " + g.mostly(hash) + ";",
		"outputHashMode = " + g.mostly(`"flat"`, `"recursive"`, `"recursive"`, `"nar"`, `"text"`, `"git"`, `"odd"`) + ";",
	}
	if g.chance(0.8) {
		attrs = append(attrs, "outputHashAlgo = "+g.mostly(`"sha256"`, `"sha256"`, `"sha256"`, `"sha1"`, `"md5"`, `"sha512"`, `null`, `"odd"`)+";")
	}
	return attrs
}

// hashes are spelled as they stand in a program. They are of the empty string
// and of "a", in all forms, and of nothing.
var hashes = []string{
	`"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"`,
	`"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"`,
	`"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="`,
	`"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="`,
	`"0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"`,
	`"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"`,
	`"da39a3ee5e6b4b0d3255bfef95601890afd80709"`, `"d41d8cd98f00b204e9800998ecf8427e"`, `"sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"`,
	`"md5-1B2M2Y8AsgTpgAmY7PhCfg=="`, `""`, `"sha256-"`, `"xyz"`, `"sha256:0000000000000000000000000000000000000000000000000000"`,
	`"SHA256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="`, `"sha512-AAAA"`,
}
