//go:build !reflective

package lang

// reflective says that participle itself reads the tags of the grammar.
const reflective = false

func (p *parser) parseReflective() Expr { return nil }

func (p *parser) operand() Expr { return p.parseOperandExpr() }
