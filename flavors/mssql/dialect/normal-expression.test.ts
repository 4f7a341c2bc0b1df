import { describe, expect, it } from 'vitest'
import { normalExpression } from './normal-expression.ts'
import { columnsOf } from './parse-expression.ts'

const columns = columnsOf(['age', 'full name', 'date', 'mood'])
const normal = (text: string) => normalExpression(text, columns)

describe('normalExpression', () => {
  it.each([
    // What a person writes, what sys.check_constraints gives for it, and the one text for both.
    ['age >= 0', '([age]>=(0))', '[age] >= 0'],
    ["mood IN ('sad', 'ok')", "([mood]=N'ok' OR [mood]=N'sad')", "[mood] IN (N'sad', N'ok')"],
    ["mood NOT IN ('sad', 'ok')", "(NOT ([mood]=N'ok' OR [mood]=N'sad'))", "NOT [mood] IN (N'sad', N'ok')"],
    ["mood IN ('sad')", "([mood]=N'sad')", "[mood] = N'sad'"],
    ['age BETWEEN 1 AND 10', '([age]>=(1) AND [age]<=(10))', '[age] >= 1 AND [age] <= 10'],
    ['age > 0 AND (age BETWEEN 1 AND 10)', '([age]>(0) AND ([age]>=(1) AND [age]<=(10)))', '[age] > 0 AND [age] >= 1 AND [age] <= 10'],
    ['AGE != -1', '([age]<>(-1))', '[age] <> -1'],
    ['CAST(age AS numeric(10, 2)) > 1.5', '(CONVERT([decimal](10,2),[age])>(1.5))', 'CONVERT(decimal(10,2), [age]) > 1.5'],
    ['COALESCE(age, 0) > 1', '(case when [age] IS NOT NULL then [age] else (0) end>(1))', 'coalesce([age], 0) > 1'],
    ['NULLIF(age, 0) > 1', '(case when [age]=(0) then NULL else [age] end>(1))', 'nullif([age], 0) > 1'],
    ['IIF(age > 1, 1, 0) = 1', '(case when [age]>(1) then (1) else (0) end=(1))', 'CASE WHEN [age] > 1 THEN 1 ELSE 0 END = 1'],
    ["LEN(\"full name\") > 2", '(len([full name])>(2))', 'len([full name]) > 2'],
    ['(age + 1) * 2 > 4', '(([age]+(1))*(2)>(4))', '([age] + 1) * 2 > 4'],
    ['age - (1 - 2) = 0', '([age]-((1)-(2))=(0))', '[age] - (1 - 2) = 0'],
    ["mood LIKE 'x[%]%'", "([mood] like N'x[%]%')", "[mood] LIKE N'x[%]%'"],
    ['NOT (age = 5)', '(NOT [age]=(5))', 'NOT [age] = 5'],
    ['age IS NULL OR age <> -1', '([age] IS NULL OR [age]<>(-1))', '[age] IS NULL OR [age] <> -1'],
    ['(age > 1 OR age < 0) AND mood IS NOT NULL', '(([age]>(1) OR [age]<(0)) AND [mood] IS NOT NULL)', '([age] > 1 OR [age] < 0) AND [mood] IS NOT NULL'],
    ['DATEADD(day, 1, "date") < getdate()', '(dateadd(day,(1),[date])<getdate())', 'dateadd(day, 1, [date]) < getdate()'],
    ['CONVERT(date, CURRENT_TIMESTAMP)', '(CONVERT([date],getdate()))', 'CONVERT(date, getdate())'],
    ['dbo.f(age) = 1', '([dbo].[f]([age])=(1))', '[dbo].[f]([age]) = 1'],
    ['ISJSON(mood) = 1', '(isjson([mood])=(1))', 'isjson([mood]) = 1'],
    ["mood COLLATE Latin1_General_BIN2 = 'x'", "([mood] collate Latin1_General_BIN2=N'x')", "[mood] COLLATE Latin1_General_BIN2 = N'x'"],
  ])('brings %s and %s to %s', (written, stored, expected) => {
    expect(normal(written)).toBe(expected)
    expect(normal(stored)).toBe(expected)
    expect(normal(expected)).toBe(expected)
  })

  it.each([
    // Forms that the reader does not know keep their words.
    'EXISTS (SELECT 1)', 'NEXT VALUE FOR [s].[q]', "[mood].value('(/a)[1]', 'int') > 0", '1 / - age * 2', 'age >', 'sum(age) OVER (ORDER BY age)',
  ])('leaves %s as it is', (text) => expect(normal(text)).toBe(text))

  it('takes a type for a type where a column has its name', () => {
    expect(normal('CONVERT(date, date)')).toBe('CONVERT(date, [date])')
    expect(normal('CAST(date AS date)')).toBe('CONVERT(date, [date])')
  })

  it('parts a text where a client or the server would misread it', () => {
    expect(normal("'a\\\nb$(c)'")).toBe("N'a\\' + N'\nb$' + N'(c)'")
  })
})
